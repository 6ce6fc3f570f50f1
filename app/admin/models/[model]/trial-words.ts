export const trialWords = (version: number): string =>
  `With these names, on version ${version}. It counts nowhere and is not kept.`;
