// Runs beside the request loop: whatever SQLite has to think about or wait for, nobody waits for it here.
import { parentPort, workerData } from "node:worker_threads";
import Database from "better-sqlite3";

const { file, isReader, durability, busyMs } = workerData;
const database = new Database(file, { fileMustExist: true, readonly: isReader, timeout: busyMs });
if (!isReader) database.pragma(`synchronous = ${durability === "full" ? "FULL" : "NORMAL"}`);
database.pragma("foreign_keys = ON");

const preparedMax = 200;
const prepared = new Map();

function prepare(sql) {
  let statement = prepared.get(sql);
  if (!statement) {
    if (prepared.size >= preparedMax) prepared.delete(prepared.keys().next().value);
    statement = database.prepare(sql);
    prepared.set(sql, statement);
  }
  return statement;
}

function run({ sql, values, rows }) {
  const statement = prepare(sql);
  if (rows !== undefined) {
    for (const row of JSON.parse(rows)) statement.run(row);
    return [];
  }
  if (statement.reader) return statement.all(...values);
  statement.run(...values);
  return [];
}

/** All of them or none; a required one that answers no row takes everything back. */
function write(statements) {
  database.exec("BEGIN IMMEDIATE");
  try {
    const answers = [];
    for (const statement of statements) {
      const rows = run(statement);
      if (statement.isRequired && rows.length === 0) {
        database.exec("ROLLBACK");
        return null;
      }
      answers.push(rows);
    }
    database.exec("COMMIT");
    return answers;
  } catch (error) {
    // A full disk has rolled it back already.
    if (database.inTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

parentPort.on("message", ({ id, statements }) => {
  try {
    parentPort.postMessage({ id, answers: isReader ? statements.map(run) : write(statements) });
  } catch (error) {
    parentPort.postMessage({ id, error: { message: String(error?.message), code: error?.code } });
  }
});
