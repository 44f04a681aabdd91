// Reads the reports of the test runners. Skipped tests are named, with their reason where the runner keeps it.
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

const read = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null);
const nothing = () => ({ passed: 0, failed: 1, skipped: [] });

/** A file that could not be loaded has no tests and counts as one failure. */
export function countVitest(path, root) {
  const report = read(path);
  if (!report) return nothing();
  const unloaded = report.testResults.filter(({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed')).length;
  const skipped = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.filter(({ status }) => status !== 'passed' && status !== 'failed').map(({ fullName, meta }) => `${relative(root, name)}: ${fullName.trim()}${meta?.reason ? ` (${meta.reason})` : ''}`));
  return { passed: report.numPassedTests, failed: report.numFailedTests + unloaded, skipped };
}

export function countPlaywright(path) {
  const report = read(path);
  if (!report) return nothing();
  const specs = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specs)];
  const tests = report.suites.flatMap(specs).flatMap((spec) => spec.tests.map((test) => ({ ...test, title: `${spec.file}: ${spec.title}` })));
  const reason = ({ annotations }) => annotations.find(({ type }) => type === 'skip')?.description;
  return {
    passed: tests.filter(({ status }) => status === 'expected' || status === 'flaky').length,
    failed: tests.filter(({ status }) => status === 'unexpected').length + report.errors.length,
    skipped: tests.filter(({ status }) => status === 'skipped').map((test) => `${test.title}${reason(test) ? ` (${reason(test)})` : ''}`),
  };
}
