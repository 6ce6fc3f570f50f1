export const newTaskHeader = {
  title: "New task",
  description: "Every row is checked and the price is shown before anything is charged.",
};
