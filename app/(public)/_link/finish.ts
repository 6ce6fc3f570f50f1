import { signIn } from "@/app/_client/api";
import { leaveTo } from "@/app/_client/use-api-form";

/** The password is set: signs in with it. Should that fail, the person does it by hand and is told so. */
export async function signInWithNewPassword(email: string, password: string): Promise<never> {
  const isIn = await signIn(email, password).then(
    () => true,
    () => false,
  );
  return leaveTo(isIn ? "/dashboard" : "/login?ready=1");
}
