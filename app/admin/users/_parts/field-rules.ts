/** The browser's first look; the API decides. */
export const emailRules = {
  required: "Write the person's e-mail address.",
  maxLength: { value: 254, message: "An e-mail address has at most 254 characters." },
  validate: (value: string) =>
    /^[^\s@]+@[^\s@]+$/.test(value.trim()) || "Write an e-mail address such as ana@example.org.",
};

export const nameRules = {
  maxLength: { value: 100, message: "At most 100 characters." },
  validate: (value: string) => value.trim() !== "" || "Write the name that others see.",
};
