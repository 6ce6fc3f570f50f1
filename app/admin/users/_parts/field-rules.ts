/** What the browser can say at once; the API decides. */
export function emailFault(email: string): string | undefined {
  if (email.trim() === "") return "Write the person's e-mail address.";
  if (email.trim().length > 254) return "An e-mail address has at most 254 characters.";
  return /^[^\s@]+@[^\s@]+$/.test(email.trim())
    ? undefined
    : "Write an e-mail address such as ana@example.org.";
}

export function nameFault(name: string): string | undefined {
  if (name.trim() === "") return "Write the name that others see.";
  return name.length > 100 ? "At most 100 characters." : undefined;
}
