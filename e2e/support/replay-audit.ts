import type Database from "better-sqlite3";

type AccountState = { name: string; disabled: boolean };
type State = { accounts: Record<string, AccountState>; settings: Record<string, number> };
type Change = { before: unknown; after: unknown };
type Event = { action: string; object_id: string; detail: string };

/** What accounts and settings must be if the audit log tells the whole story. */
export function stateToldByAudit(database: Database.Database): State {
  const state: State = { accounts: {}, settings: {} };
  const events = database
    .prepare("SELECT action, object_id, detail FROM audit_events ORDER BY position")
    .all() as Event[];
  for (const { action, object_id, detail } of events) {
    const facts = JSON.parse(detail) as Record<string, unknown>;
    const account = state.accounts[object_id];
    if (action === "user.created") state.accounts[object_id] = { name: String(facts.name), disabled: false };
    if (action === "user.updated" && account && facts.name)
      account.name = String((facts.name as Change).after);
    if (action === "user.disabled" && account) account.disabled = true;
    if (action === "user.enabled" && account) account.disabled = false;
    if (action !== "settings.changed") continue;
    for (const [key, change] of Object.entries(facts)) state.settings[key] = Number((change as Change).after);
  }
  return state;
}

/** What the tables really hold. */
export function stateInTables(database: Database.Database): State {
  const users = database.prepare("SELECT id, name, disabled_at FROM users").all() as {
    id: string;
    name: string;
    disabled_at: string | null;
  }[];
  const settings = database
    .prepare("SELECT key, value FROM settings WHERE key NOT LIKE 'install.%'")
    .all() as {
    key: string;
    value: string;
  }[];
  return {
    accounts: Object.fromEntries(
      users.map(({ id, name, disabled_at }) => [id, { name, disabled: disabled_at !== null }]),
    ),
    settings: Object.fromEntries(settings.map(({ key, value }) => [key, Number(value)])),
  };
}
