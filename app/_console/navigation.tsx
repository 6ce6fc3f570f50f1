import {
  Activity,
  Bell,
  Boxes,
  ChartColumn,
  DoorOpen,
  FileClock,
  FileQuestion,
  FlaskConical,
  KeyRound,
  Layers,
  LayoutDashboard,
  ListChecks,
  Mail,
  ScrollText,
  Settings,
  ShieldCheck,
  UserRound,
  Users,
} from "lucide-react";
import type { CommandItem } from "@/app/_components/command-item";
import type { NavGroup } from "@/app/_components/nav";

const consoleGroup: NavGroup = {
  label: "Console",
  items: [
    { href: "/dashboard", label: "Overview", icon: <LayoutDashboard /> },
    { href: "/models", label: "Models", icon: <Boxes /> },
    { href: "/playground", label: "Playground", icon: <FlaskConical /> },
    { href: "/predictions", label: "Predictions", icon: <ScrollText /> },
    { href: "/tasks", label: "Tasks", icon: <ListChecks /> },
    { href: "/why", label: "Why refused?", icon: <FileQuestion /> },
    { href: "/keys", label: "API keys", icon: <KeyRound /> },
    { href: "/usage", label: "Usage", icon: <ChartColumn /> },
    { href: "/alerts", label: "Alerts", icon: <Bell /> },
    { href: "/account", label: "Account", icon: <UserRound /> },
  ],
};

const administrationGroup: NavGroup = {
  label: "Administration",
  items: [
    { href: "/admin", label: "Overview", icon: <Activity /> },
    { href: "/admin/users", label: "Users", icon: <Users /> },
    { href: "/admin/keys", label: "API keys", icon: <KeyRound /> },
    { href: "/admin/models", label: "Models", icon: <Boxes /> },
    { href: "/admin/plans", label: "Plans", icon: <Layers /> },
    { href: "/admin/usage", label: "Usage", icon: <ChartColumn /> },
    { href: "/admin/providers", label: "Sign-in services", icon: <DoorOpen /> },
    { href: "/admin/mail", label: "Mail", icon: <Mail /> },
    { href: "/admin/audit", label: "Audit", icon: <FileClock /> },
    { href: "/admin/security", label: "Security", icon: <ShieldCheck /> },
    { href: "/admin/settings", label: "Settings", icon: <Settings /> },
  ],
};

export const navigation = (isAdmin: boolean): NavGroup[] =>
  isAdmin ? [consoleGroup, administrationGroup] : [consoleGroup];

/** What the command palette offers beside the pages of the sidebar. */
export const actions: readonly CommandItem[] = [
  {
    id: "/tasks/new",
    label: "New task",
    hint: "many rows from a file",
    href: "/tasks/new",
    group: "Actions",
  },
  {
    id: "/usage/statement",
    label: "Monthly statement",
    hint: "what a month cost",
    href: "/usage/statement",
    group: "Actions",
  },
];
