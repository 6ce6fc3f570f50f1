/** What can be known from here about one thing that keeps this install safe. */
export type SecurityCheck = {
  key: string;
  /** "act": others could get in or something could be lost; "consider": a choice that is yours. */
  state: "good" | "consider" | "act";
  title: string;
  text: string;
  cure?: { text: string; href?: string };
};
