import { singleton } from "../singleton";

/** The commonest passwords people choose (about 18,000 of 8 characters and more), loaded when first asked for. */
const commonPasswords = () =>
  singleton("common-passwords", async () => {
    const { dictionary } = await import("@zxcvbn-ts/language-common");
    return new Set(dictionary["passwords-common"] as string[]);
  });

export const isCommonPassword = async (password: string): Promise<boolean> =>
  (await commonPasswords()).has(password.toLowerCase());
