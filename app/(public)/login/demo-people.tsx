import { env } from "@/lib/infra/env";
import { demoPassword, demoPeople } from "@/lib/install/demo/people";

/** Whom a visitor of a demo can be. */
export function DemoPeople() {
  if (!env().isDemo) return null;
  return (
    <section
      aria-labelledby="demo-people"
      className="mb-5 rounded-md border bg-sunken px-3 py-2.5 text-[13px]"
    >
      <h2 id="demo-people" className="font-medium">
        Sign in as one of these
      </h2>
      <ul className="mt-1.5 space-y-0.5">
        {demoPeople.map(({ email, role }) => (
          <li key={email}>
            <code className="font-mono text-xs">{email}</code>
            {role === "admin" && <span className="text-muted"> (administrator)</span>}
          </li>
        ))}
      </ul>
      <p className="mt-1.5">
        Everybody's password: <code className="font-mono text-xs">{demoPassword}</code>
      </p>
    </section>
  );
}
