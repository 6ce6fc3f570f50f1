import type { Metadata } from "next";
import Link from "next/link";
import { FilterSelect } from "@/app/_components/filter-select";
import { Pager } from "@/app/_components/pager";
import { listHref } from "@/app/admin/_parts/list-href";
import { readQuery, type SearchParams } from "@/app/admin/_parts/read-query";
import { requireMemberPage } from "@/lib/http/page";
import { now } from "@/lib/infra/clock";
import { env } from "@/lib/infra/env";
import { unusualFreeze } from "@/lib/keys/domain";
import { listKeys } from "@/lib/keys/queries";
import { type KeyQuery, keyQuery } from "@/lib/keys/schema";
import { keyView } from "@/lib/keys/view";
import { limitsView } from "@/lib/plans/view";
import { callsOfKeys } from "@/lib/usage/queries/calls-of-keys";
import { getOwnUser } from "@/lib/users/queries";
import type { KeyRow } from "./_parts/key-calls";
import type { KeySetting } from "./_parts/key-dialog";
import { grantableScopes, marksText, stateWords } from "./_parts/key-words";
import { CreateKeyButton } from "./create-key-button";
import { FrozenNotice } from "./frozen-notice";
import { KeysHeader } from "./keys-header";
import { callDays, KeysTable } from "./keys-table";
import { NoKeys } from "./no-keys";
import { UnusualNotice } from "./unusual-notice";

export const metadata: Metadata = { title: "API keys" };

export default async function KeysPage({ searchParams }: { searchParams: SearchParams }) {
  const actor = await requireMemberPage();
  const query = await readQuery(keyQuery, searchParams);
  const [page, frozen, user] = await Promise.all([
    listKeys(actor, query),
    listKeys(actor, { state: "frozen", limit: 10 }),
    getOwnUser(actor),
  ]);
  const calls = await callsOfKeys(
    actor,
    page.items.map(({ id }) => id),
    callDays,
  );
  const at = now();
  const rows = page.items.map((key) => keyView(key, at));
  const frozenRows = frozen.items.map((key) => keyView(key, at));
  const isUnusual = ({ frozen_reason }: KeyRow) => frozen_reason === unusualFreeze;
  const setting: KeySetting = {
    owner: {
      scopes: grantableScopes(user.role),
      plan: { name: user.plan.name, limits: limitsView(user.plan) },
    },
    baseUrl: env().baseUrl,
  };
  const hrefOf = (change: Partial<KeyQuery>) => listHref("/keys", { ...query, ...change }, { limit: 25 });
  const isFirst = rows.length === 0 && !query.state && !query.cursor;

  return (
    <>
      <KeysHeader action={<CreateKeyButton setting={setting} />} />
      <FrozenNotice rows={frozenRows.filter((row) => !isUnusual(row))} setting={setting} />
      <UnusualNotice rows={frozenRows.filter(isUnusual)} />
      {!isFirst && (
        <div className="mb-4">
          <FilterSelect label="State" param="state" options={stateWords} allLabel="Any state" />
        </div>
      )}
      {rows.length === 0 ? (
        <NoKeys isFirst={isFirst} setting={setting} />
      ) : (
        <KeysTable
          rows={rows}
          calls={calls}
          successors={Object.fromEntries(rows.map((row) => [row.id, marksText(row)]))}
          setting={setting}
          now={at.getTime()}
        />
      )}
      <Pager
        label="Pages of keys"
        {...(query.cursor ? { firstHref: hrefOf({ cursor: undefined }) } : {})}
        {...(page.nextCursor ? { nextHref: hrefOf({ cursor: page.nextCursor }) } : {})}
      />
      <p className="mt-6 text-[13px] text-muted">
        Found a key where it should not be, yours or not?{" "}
        <Link href="/report-key" className="rounded-sm font-medium text-accent-ink hover:underline">
          Report it
        </Link>
        : it stops working at once.
      </p>
    </>
  );
}
