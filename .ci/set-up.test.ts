import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseV1Options } from '@electron/fuses';
import { afterAll, expect, test } from 'vitest';
import { hasDisplay } from '../src-main/launch/choose-shell.mjs';
import { matchesLock } from '../src-main/launch/dependencies.mjs';
import { run, whyFailed } from '../src-main/launch/terminal.mjs';
import { fuses } from './after-pack.mjs';
import { completeLock, platformOf } from './complete-lock.mjs';
import { countPlaywright, countVitest } from './count.mjs';

const base = mkdtempSync(join(tmpdir(), 'parley-ci-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
const file = (name: string, content: unknown): string => {
  writeFileSync(join(base, name), JSON.stringify(content));
  return join(base, name);
};

test('the lock file of this repository is complete', () => {
  const lock = JSON.parse(readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8'));
  expect(completeLock(lock), 'run `node .ci/complete-lock.mjs`').toEqual([]);
});

test.each([
  ['@oxlint/binding-linux-arm-musleabihf', { os: ['linux'], cpu: ['arm'], libc: ['musl'] }],
  ['@oxlint/binding-linux-x64-gnu', { os: ['linux'], cpu: ['x64'], libc: ['glibc'] }],
  ['@oxc-parser/binding-win32-ia32-msvc', { os: ['win32'], cpu: ['ia32'] }],
  ['@esbuild/darwin-arm64', { os: ['darwin'], cpu: ['arm64'] }],
  ['keytar', null],
  ['fsevents', null],
])('platform of %s', (name, platform) => expect(platformOf(name)).toEqual(platform));

test('a missing platform package is put back with what its parent pins, and nothing else is touched', () => {
  const lock = { packages: { '': {}, 'node_modules/tool': { version: '2.0.0', dev: true, optionalDependencies: { '@tool/linux-x64': '2.0.0', '@tool/win32-x64': '2.0.0', other: '1' } }, 'node_modules/@tool/linux-x64': { version: '2.0.0' } } };
  expect(completeLock(lock)).toEqual(['@tool/win32-x64']);
  expect(lock.packages).toMatchObject({ 'node_modules/@tool/win32-x64': { version: '2.0.0', os: ['win32'], cpu: ['x64'], dev: true, optional: true } });
  expect(completeLock(lock)).toEqual([]);
});

test('an install counts as done only when every mandatory package has the locked version', () => {
  const lock = { packages: { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0', optional: true } } };
  expect(matchesLock(lock, { packages: { 'node_modules/a': { version: '1.0.0' } } })).toBe(true);
  expect(matchesLock(lock, { packages: { 'node_modules/a': { version: '1.0.1' } } })).toBe(false);
  expect(matchesLock(lock, { packages: {} })).toBe(false);
  expect(matchesLock(lock, { packages: { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0' } } })).toBe(false);
});

test.each([
  ['npm error code ENOTFOUND', 'the network or the package registry cannot be reached'],
  ['E: Failed to fetch http://deb/x', 'the network or the package registry cannot be reached'],
  ['npm error code ENOSPC', 'the disk is full'],
  ['npm error code EACCES', 'this user may not write there'],
  ['npm error code E401', 'the package registry wants other credentials'],
  ['something else', 'fallback'],
])('why %s failed is said in words', (output, words) => expect(whyFailed(output, 'fallback')).toBe(words));

test('a program that hangs is ended with all it started; one that is not there is told', async () => {
  expect(await run(process.execPath, ['-e', 'require("child_process").spawnSync("sleep",["60"])'], { timeoutMs: 300 })).toMatchObject({ code: 124 });
  expect(await run('no-such-program', [])).toMatchObject({ code: 127 });
  expect(await run(process.execPath, ['-e', 'console.log(1);process.exit(3)'])).toEqual({ code: 3, output: '1\n' });
});

test.each([
  ['linux', {}, false],
  ['linux', { DISPLAY: ':0' }, true],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
  ['win32', {}, true],
  ['darwin', {}, true],
])('a display on %s with %o', (platform, env, expected) => expect(hasDisplay(env, platform)).toBe(expected));

test('every fuse of this Electron is set, and the inspector is off in a release', () => {
  const set = fuses(false);
  for (const index of Object.values(FuseV1Options).filter((value) => typeof value === 'number')) expect(set, FuseV1Options[index]).toHaveProperty(String(index));
  expect(set).toMatchObject({ strictlyRequireAllFuses: true, [FuseV1Options.RunAsNode]: false, [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false, [FuseV1Options.EnableNodeCliInspectArguments]: false, [FuseV1Options.OnlyLoadAppFromAsar]: true, [FuseV1Options.GrantFileProtocolExtraPrivileges]: false });
});

test('reports are counted: passed, failed, files that did not load, skipped by name and reason', () => {
  const vitest = { numPassedTests: 2, numFailedTests: 1, testResults: [
    { name: '/r/a.test.ts', status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }, { status: 'skipped', fullName: 'b works' }] },
    { name: '/r/broken.test.ts', status: 'failed', assertionResults: [] },
    { name: '/r/c.test.ts', status: 'passed', assertionResults: [{ status: 'passed' }] },
  ] };
  expect(countVitest(file('v.json', vitest), '/r')).toEqual({ passed: 2, failed: 2, skipped: ['a.test.ts: b works'] });
  const test = (status: string, annotations: object[] = []) => ({ status, annotations });
  const playwright = { errors: [], suites: [{ suites: [{ specs: [{ file: 'a.spec.ts', title: 'one', tests: [test('expected'), test('unexpected'), test('skipped', [{ type: 'skip', description: 'no peer' }])] }] }], specs: [] }] };
  expect(countPlaywright(file('p.json', playwright))).toEqual({ passed: 1, failed: 1, skipped: ['a.spec.ts: one (no peer)'] });
  expect(countPlaywright(join(base, 'missing.json'))).toEqual({ passed: 0, failed: 1, skipped: [] });
});
