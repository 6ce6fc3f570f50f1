/** They live in `example.org`, which belongs to nobody, and all have the same password: the sign-in page shows it. */
export const demoPassword = "look around in autumn";

export type DemoPerson = {
  email: string;
  name: string;
  role: "admin" | "member";
  plan: "owner" | "paid" | "free";
  /** How many days ago the account was made. */
  since: number;
  keys: string[];
  /** About how many calls on a working day. */
  callsPerDay: number;
};

export const demoPeople: readonly DemoPerson[] = [
  {
    email: "ada@example.org",
    name: "Ada Berger",
    role: "admin",
    plan: "owner",
    since: 42,
    keys: ["Monitoring"],
    callsPerDay: 24,
  },
  {
    email: "jonas@example.org",
    name: "Jonas Weiss",
    role: "member",
    plan: "paid",
    since: 41,
    keys: ["Nursery shop", "Shop, staging"],
    callsPerDay: 180,
  },
  {
    email: "mira@example.org",
    name: "Mira Novak",
    role: "member",
    plan: "paid",
    since: 37,
    keys: ["Field app"],
    callsPerDay: 95,
  },
  {
    email: "samuel@example.org",
    name: "Samuel Okafor",
    role: "member",
    plan: "free",
    since: 30,
    keys: ["Notebook"],
    callsPerDay: 4,
  },
  {
    email: "lena@example.org",
    name: "Lena Sommer",
    role: "member",
    plan: "free",
    since: 23,
    keys: ["School project"],
    callsPerDay: 5,
  },
  {
    email: "piotr@example.org",
    name: "Piotr Zielinski",
    role: "member",
    plan: "free",
    since: 9,
    keys: [],
    callsPerDay: 5,
  },
];
