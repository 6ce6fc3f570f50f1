/** Somebody has to prove once more who they are; the frame of the page listens and opens a dialog. */
export const stepUpEvent = "adyton:step-up";

/** `settle(true)` when they did, `settle(false)` when they would rather not. */
export type StepUpRequest = { settle: (isProven: boolean) => void };

let asking: Promise<boolean> | undefined;

/**
 * Asks for a fresh proof; whoever called repeats the call when it was given. Calls that are refused at the same
 * time wait for one dialog. A page without the frame around it takes no notice, and the refusal stands.
 */
export function proveAgain(): Promise<boolean> {
  asking ??= new Promise<boolean>((settle) => {
    const detail: StepUpRequest = { settle };
    const isTaken = !window.dispatchEvent(new CustomEvent(stepUpEvent, { detail, cancelable: true }));
    if (!isTaken) settle(false);
  }).finally(() => {
    asking = undefined;
  });
  return asking;
}
