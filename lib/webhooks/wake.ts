import { singleton } from "../infra/singleton";

const sleeper = () => singleton<{ wake: () => void }>("webhook-sleeper", () => ({ wake: () => {} }));

/** Something is to be sent: the sender of this process, if there is one, looks at once. Others look every second. */
export const wakeSender = (): void => sleeper().wake();

export const whenWoken = (wake: () => void): void => {
  sleeper().wake = wake;
};
