export const modelsHeader = {
  title: "Models",
  description: "What you may ask for predictions, in a form or from a program.",
};
