import {
  Activity,
  Boxes,
  FileClock,
  FileQuestion,
  FlaskConical,
  KeyRound,
  Layers,
  LayoutDashboard,
  ScrollText,
  Settings,
  UserRound,
  Users,
} from "lucide-react";
import type { NavGroup } from "@/app/_components/nav";

const consoleGroup: NavGroup = {
  label: "Console",
  items: [
    { href: "/dashboard", label: "Overview", icon: <LayoutDashboard /> },
    { href: "/models", label: "Models", icon: <Boxes /> },
    { href: "/playground", label: "Playground", icon: <FlaskConical /> },
    { href: "/predictions", label: "Predictions", icon: <ScrollText /> },
    { href: "/why", label: "Why refused?", icon: <FileQuestion /> },
    { href: "/keys", label: "API keys", icon: <KeyRound /> },
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
    { href: "/admin/audit", label: "Audit", icon: <FileClock /> },
    { href: "/admin/settings", label: "Settings", icon: <Settings /> },
  ],
};

export const navigation = (isAdmin: boolean): NavGroup[] =>
  isAdmin ? [consoleGroup, administrationGroup] : [consoleGroup];
