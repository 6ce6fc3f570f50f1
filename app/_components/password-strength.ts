export const PASSWORD_LENGTH_MIN = 8;
export const PASSWORD_LENGTH_RECOMMENDED = 15;

export type PasswordStrength = { level: 0 | 1 | 2 | 3; text: string };

/** Length decides, not composition: rules such as "one digit" make passwords guessable (NIST SP 800-63B). */
export function explainPassword(password: string, hasSecondFactor: boolean): PasswordStrength {
  const length = [...password].length;
  if (length === 0) {
    return {
      level: 0,
      text: `At least ${PASSWORD_LENGTH_MIN} characters. Three or four unrelated words are strong and easy to remember.`,
    };
  }
  if (length < PASSWORD_LENGTH_MIN) {
    return { level: 1, text: `Too short: at least ${PASSWORD_LENGTH_MIN} characters are needed.` };
  }
  if (length < PASSWORD_LENGTH_RECOMMENDED) {
    return hasSecondFactor
      ? { level: 3, text: "Good, together with your second factor. Longer is stronger still." }
      : {
          level: 2,
          text: `Allowed, but a patient attacker could guess it. With ${PASSWORD_LENGTH_RECOMMENDED} or more, guessing is hopeless.`,
        };
  }
  return { level: 3, text: "Strong: too long to guess. Use it nowhere else." };
}
