export const stepTitles = {
  source: "Where is the model?",
  signature: "What goes in, and what comes out?",
  about: "What is it called, and who may use it?",
};

export type Step = keyof typeof stepTitles;
