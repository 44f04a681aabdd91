// Who may import whom (the tree of the design), and what may be named in one place only. `node .ci/layers.mjs` prints each violation as one line.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const DOMAINS = ['customers', 'merging', 'rights', 'desk', 'outbox', 'insights', 'intake', 'accounts', 'importers', 'vault', 'spending', 'mail-view', 'calls', 'setup', 'spelling'];
const isTest = (path) => /\.test\.tsx?$|(?:^|\/)(?:test-[\w-]+|stand-in|contract-suite)\.tsx?$/.test(path);
const under = (path, ...folders) => folders.some((folder) => path === folder || path.startsWith(`${folder}/`));

/** The first rule that an import breaks, as `reason`, or null. Paths are from the repository's root; a package is its bare name. */
export function brokenRule(from, to, { isTypeOnly = false } = {}) {
  const isNode = to.startsWith('node:');

  if (to === 'electron' && !under(from, 'src-main/shell/electron') && from !== 'src-preload/electron.ts' && from !== 'src-main/entry-electron.ts' && !(isTypeOnly && from === 'src-main/entry-core.ts')) {
    return 'electron is imported only in shell/electron, entry-electron and src-preload/electron: the core must run without it';
  }
  if (isTest(from)) return null;
  if (to === 'better-sqlite3' && !under(from, 'src-main/store')) return 'better-sqlite3 is imported only in store: everything else goes through its operations';
  if (to.startsWith('node:test')) return 'tests are vitest';

  if (under(from, 'src-preload/contract') && !under(to, 'src-preload/contract') && to !== 'zod') return 'the contract imports zod only: both sides load it';
  if (under(from, 'src-preload') && !under(from, 'src-preload/contract')) {
    if (to === 'zod') return 'the bridge has no zod at run time: it runs in the sandboxed preload';
    if (!isTypeOnly && under(to, 'src-preload/contract') && to !== 'src-preload/contract/names.ts') return 'the bridge takes only types and names from the contract: the rest brings zod with it';
    if (!isTypeOnly && (under(to, 'src-main') || isNode)) return 'a preload is one self-contained script';
  }
  if (under(from, 'src-renderer')) {
    if (under(to, 'src-main') || isNode) return 'the renderer reaches the core through the bridge only';
    // The development page stands in for the shell: it builds a bridge of its own.
    const isDevBridge = under(from, 'src-renderer/dev') && to === 'src-preload/bridge.ts';
    if (!isTypeOnly && under(to, 'src-preload') && !isDevBridge) return 'the renderer takes only types from the contract: zod has no business in a window';
    const paneOf = (path) => /^src-renderer\/panes\/([^/]+)/.exec(path)?.[1];
    if (paneOf(from) && paneOf(to) && paneOf(from) !== paneOf(to)) return 'a pane never imports another pane: they meet in the state';
    if (under(from, 'src-renderer/ui') && under(to, 'src-renderer/panes', 'src-renderer/app', 'src-renderer/composer')) return 'ui holds parts: it knows no pane that uses them';
    if (under(from, 'src-renderer/state') && under(to, 'src-renderer/panes', 'src-renderer/app', 'src-renderer/composer')) return 'the state knows no pane';
  }
  if (under(from, 'src-main')) {
    if (under(to, 'src-renderer')) return 'the core knows no window';
    if (under(from, 'src-main/kernel') && !under(to, 'src-main/kernel') && !isNode && !(isTypeOnly && under(to, 'src-preload/contract'))) return 'the kernel imports node only';
    if (under(from, 'src-main/channels')) {
      const channelOf = (path) => /^src-main\/channels\/([^/.]+)\//.exec(path)?.[1];
      if (under(to, 'src-main/store')) return 'a channel never touches the store: it turns its wire into events';
      if (channelOf(from) && channelOf(to) && channelOf(from) !== channelOf(to)) return 'a channel never imports another channel';
      if (under(to, 'src-main') && !under(to, 'src-main/channels', 'src-main/kernel') && !isTypeOnly) return 'a channel imports kernel, port and its own library';
    }
    if (under(from, 'src-main/store') && under(to, ...DOMAINS.map((name) => `src-main/${name}`), 'src-main/ipc', 'src-main/shell', 'src-main/channels') && !isTypeOnly) return 'the store is below the domains';
    const domainOf = (path) => DOMAINS.find((name) => under(path, `src-main/${name}`));
    if (domainOf(from) && domainOf(to) && domainOf(from) !== domainOf(to) && !to.endsWith('/index.ts')) return 'domains meet only through their index.ts';
    if (domainOf(from) && under(to, 'src-main/ipc', 'src-main/shell', 'src-main/demo')) return 'a domain knows neither bridge nor window';
    if (under(from, 'src-main/shell') && domainOf(to)) return 'the shell knows the core only as attach, open, resume and close';
  }
  return null;
}

/** What may be named in some places only: the word, where it may stand, and why. */
export const WORDS = [
  { pattern: /\bDate\.now\(|\bnew Date\(\)/, word: 'Date.now', only: (path) => under(path, 'src-main/kernel', 'src-renderer', 'src-main/demo', 'src-main/launch', 'src-main/shell', 'bench'), why: 'time comes from kernel/clock, so that tests can move it' },
  { pattern: /\b(?:setTimeout|setInterval)\(/, word: 'setTimeout', only: (path) => under(path, 'src-main/kernel', 'src-renderer', 'src-main/demo', 'src-main/launch', 'src-main/shell', 'bench'), why: 'timers come from kernel/clock, so that tests can move it and none keeps the process alive' },
  { pattern: /\bMath\.random\(/, word: 'Math.random', only: (path) => under(path, 'src-main/kernel', 'bench'), why: 'randomness comes from kernel/ids, so that tests repeat' },
  { pattern: /\.innerHTML\b|dangerouslySetInnerHTML/, word: 'innerHTML', only: () => false, most: 1, why: 'one place writes markup, after sanitising' },
  { pattern: /\.openExternal\(/, word: 'openExternal', only: (path) => path === 'src-main/shell/electron/opener.ts', why: 'links leave through openExternalSafely only' },
  { pattern: /webSecurity: false|contextIsolation: false|nodeIntegration: true|sandbox: false|webviewTag: true|allowRunningInsecureContent: true/, word: 'a safety switched off', only: () => false, why: 'never, not for a test either' },
  { pattern: /from '@electron\/remote'/, word: '@electron/remote', only: () => false, why: 'it hands the main process to the page' },
];

const IMPORT = /^\s*(?:import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Imports of a source text as `{ to, isTypeOnly }`; relative ones are resolved against `path`. */
export function importsOf(path, text) {
  const resolve = (to) => (to.startsWith('.') ? posix.normalize(posix.join(posix.dirname(path), to)) : to);
  const found = [...text.matchAll(IMPORT)].map(([whole, type, to]) => ({ to: resolve(to), isTypeOnly: type !== undefined || /^\s*(?:import|export)\s*\{\s*(?:type\s+\w+(?:\s+as\s+\w+)?\s*,?\s*)+\}\s*from/.test(whole) }));
  return [...found, ...[...text.matchAll(DYNAMIC)].map(([, to]) => ({ to: resolve(to), isTypeOnly: false }))];
}

/** Comments say words, too; code is what counts. Strings stay: they hold what is imported. */
const withoutComments = (text) => text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' ')).replace(/(^|[^:'"`\\])\/\/[^\n]*/g, '$1');

/** One line per violation: `path:line: what (why)`. */
export function violations(files) {
  const lines = [];
  const uses = new Map();
  for (const [path, raw] of files) {
    const text = withoutComments(raw);
    for (const { to, isTypeOnly } of importsOf(path, text)) {
      const reason = brokenRule(path, to, { isTypeOnly });
      if (reason) lines.push(`${path}: imports ${to} (${reason})`);
    }
    if (isTest(path) || path.startsWith('.ci/') || path.startsWith('e2e/')) continue;
    for (const { pattern, word, only, most = 0, why } of WORDS) {
      const at = text.split('\n').findIndex((line) => pattern.test(line));
      if (at < 0 || only(path)) continue;
      const count = (uses.get(word) ?? 0) + 1;
      uses.set(word, count);
      if (count > most) lines.push(`${path}:${at + 1}: ${word} (${why})`);
    }
  }
  return lines;
}

function* sources(root, folder) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* sources(root, path);
    else if (/\.tsx?$/.test(entry.name)) yield [path, readFileSync(join(root, path), 'utf8')];
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const found = violations(['src-main', 'src-preload', 'src-renderer', 'e2e', 'bench'].flatMap((folder) => [...sources(root, folder)]));
  for (const line of found) process.stdout.write(`${line}\n`);
  process.exitCode = found.length === 0 ? 0 : 1;
}
