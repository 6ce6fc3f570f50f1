import { signIn } from "@/app/_client/api";
import { leaveTo } from "@/app/_client/use-api-form";
import { hashOf, stepAfter } from "../login/begun";

/**
 * The password is set: signs in with it. An account with a second factor is still asked for it. Should signing in
 * fail, the person does it by hand and is told so.
 */
export async function signInWithNewPassword(email: string, password: string): Promise<never> {
  try {
    await signIn({ email, password });
  } catch (error) {
    const step = stepAfter(error);
    return leaveTo(step ? `/login${hashOf(step)}` : "/login?ready=1");
  }
  return leaveTo("/dashboard");
}
