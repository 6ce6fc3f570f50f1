/** Holds the id of whoever put the first steps away in this browser. */
export const firstStepsCookie = "first-steps";
