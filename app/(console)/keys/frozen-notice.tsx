import { Alert } from "@/app/_components/alert";
import { RelativeTime } from "@/app/_components/relative-time";
import type { KeyRow } from "./_parts/key-calls";
import type { KeySetting } from "./_parts/key-dialog";
import { marksText } from "./_parts/key-words";
import { FrozenActions } from "./frozen-actions";

type FrozenNoticeProps = { rows: readonly KeyRow[]; setting: KeySetting };

/** Somebody has to do something, so it stands above everything else. */
export function FrozenNotice({ rows, setting }: FrozenNoticeProps) {
  const [first, ...more] = rows;
  if (!first) return null;
  return (
    <Alert
      className="mb-4"
      tone="danger"
      title={
        more.length === 0
          ? `Your key “${first.name}” was reported as leaked`
          : `${rows.length} of your keys were reported as leaked`
      }
      text={
        <>
          <p className="max-w-prose">
            Somebody found the secret where it should not be, so it was frozen: it opens nothing any more.
            Make a new key, put it into the programs that used this one, and then revoke this one. Remove the
            secret from where it lay, and see in your programs what it may have been used for.
          </p>
          <ul className="mt-3 space-y-2">
            {rows.map((row) => (
              <li key={row.id} className="flex flex-wrap items-center gap-x-4 gap-y-2">
                <span className="min-w-0 flex-1 basis-60 text-ink wrap-anywhere">
                  {row.name} <span className="font-mono text-[13px]">{marksText(row)}</span>
                  {row.frozen_at && (
                    <span className="text-muted">
                      , frozen <RelativeTime at={row.frozen_at} />
                    </span>
                  )}
                </span>
                <FrozenActions row={row} setting={setting} />
              </li>
            ))}
          </ul>
        </>
      }
    />
  );
}
