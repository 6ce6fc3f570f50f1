import Database from "better-sqlite3";

/** Names such as usr_b0000000000000000042 have the length of real ones and come in order. */
const id = (prefix) => `printf('${prefix}_b%019d', n)`;
const series = "WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < ?)";

/** Another account for each number, otherwise like the first administrator's, whose plan has no limits. */
const insertUsers = (columns) => {
  const own = {
    id: id("usr"),
    email: "'caller' || n || '@bench.example'",
    search_text: "'caller ' || n || ' caller' || n || '@bench.example'",
    name: "'Caller ' || n",
    role: "'member'",
  };
  const values = columns.map((name) => own[name] ?? `model.${name}`);
  return `${series} INSERT INTO users (${columns}) SELECT ${values} FROM series, (SELECT * FROM users LIMIT 1) model`;
};

const insertKeys = `${series}
  INSERT INTO api_keys
    (id, user_id, name, digest, prefix, last4, scopes, created_at, last_used_at, pool_id)
  SELECT ${id("key")}, ${id("usr")}, 'Key ' || n, substr(hex(randomblob(22)), 1, 43), 'ady_0000', '0000', 'predict',
    model.created_at, model.created_at, ${id("key")}
  FROM series, (SELECT * FROM users LIMIT 1) model`;

const giveDigests = `UPDATE api_keys SET digest = real.value ->> 1 FROM json_each(?) AS real
  WHERE api_keys.id = real.value ->> 0`;

/** Writing a million rows into a dozen indexes takes minutes; making those indexes afterwards takes seconds. */
function withoutIndexes(database, work) {
  const indexes = database
    .prepare(
      "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('users', 'api_keys')",
    )
    .all();
  for (const { name } of indexes) database.exec(`DROP INDEX "${name}"`);
  work();
  for (const { sql } of indexes) database.exec(sql);
}

/**
 * Puts so many users with a key each into an install that nobody has open. The digests given belong to keys spread
 * evenly over all of them; the others fit no secret.
 */
export function fillInstall(databaseFile, count, digests) {
  const database = new Database(databaseFile);
  database.pragma("synchronous = OFF");
  database.pragma("cache_size = -400000");
  const columns = database.pragma("table_info(users)").map(({ name }) => name);
  const places = digests.map((digest, index) => {
    const number = Math.floor((index * count) / digests.length) + 1;
    return [`key_b${String(number).padStart(19, "0")}`, digest];
  });
  withoutIndexes(database, () => {
    database.prepare(insertUsers(columns)).run(count);
    database.prepare(insertKeys).run(count);
    database.prepare(giveDigests).run(JSON.stringify(places));
  });
  database.close();
}

/** Every plan of an install that nobody has open gets a quota, which nobody will reach. */
export function boundPlans(databaseFile) {
  const database = new Database(databaseFile);
  database.prepare("UPDATE plans SET units_per_month = 1000000000").run();
  database.close();
}
