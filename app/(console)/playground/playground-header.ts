export const playgroundHeader = {
  title: "Playground",
  description: "Fill in the inputs of a model and see what it answers.",
};
