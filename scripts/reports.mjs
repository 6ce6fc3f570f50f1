// What the two test runners wrote down: how many tests passed, and for each that did not, where it stands and why.
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { root } from "./prepare.mjs";

/** A runner that ends badly although no single test did (a crash, no report) is one failure more. */
function counted({ passed = 0, skipped = 0, failures }, exitCode) {
  const isUnexplained = exitCode !== 0 && failures.length === 0;
  const all = isUnexplained
    ? [{ test: `ended with code ${exitCode}`, why: "Its output is above." }]
    : failures;
  return { passed, failed: all.length, skipped, failures: all };
}

const inProject = (file) => path.relative(root, file);

function failuresOfFile({ name, status, message, assertionResults }) {
  const failed = assertionResults.filter((test) => test.status === "failed");
  const where = inProject(name);
  // One that could not even be imported has no tests to tell of.
  if (status === "failed" && failed.length === 0) return [{ test: where, why: message }];
  return failed.map((test) => ({
    test: `${where} > ${test.fullName}`,
    why: (test.failureMessages ?? []).join("\n"),
  }));
}

export function readVitest(report, exitCode) {
  return counted(
    {
      passed: report?.numPassedTests,
      skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
      failures: (report?.testResults ?? []).flatMap(failuresOfFile),
    },
    exitCode,
  );
}

const specsOf = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)];

function failuresOfSpec({ file, line, title, tests }) {
  // A test that passes only sometimes does not pass.
  return tests
    .filter(({ status }) => status === "unexpected" || status === "flaky")
    .map(({ results }) => ({
      test: `e2e/${file}:${line} > ${title}`,
      why: results.flatMap(({ errors }) => errors.map(({ message }) => message)).join("\n"),
    }));
}

export function readPlaywright(report, exitCode) {
  const { expected, skipped } = report?.stats ?? {};
  // What went wrong outside of every test: a file that does not load, a server that does not start.
  const outside = (report?.errors ?? []).map(({ message }) => ({ test: "e2e", why: message }));
  const failures = [...(report?.suites ?? []).flatMap(specsOf).flatMap(failuresOfSpec), ...outside];
  return counted({ passed: expected, skipped, failures }, exitCode);
}

const linesShown = 40;
const isOurs = (line) => !/^\s+at .*node_modules\//.test(line);

/** As it is read at the end of a long output: plain, short and with the name first. */
export function describeFailure({ test, why = "" }) {
  const lines = stripVTControlCharacters(why).trimEnd().split("\n").filter(isOurs);
  const left = lines.length - linesShown;
  const shown = left > 0 ? [...lines.slice(0, linesShown), `(${left} more lines above)`] : lines;
  return [test, ...shown.map((line) => `    ${line}`.trimEnd())].join("\n");
}
