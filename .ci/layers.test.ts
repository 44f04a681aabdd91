import { expect, test } from 'vitest';
import { brokenRule, importsOf, violations } from './layers.mjs';

const breaks: [from: string, to: string, isTypeOnly?: boolean][] = [
  ['src-main/desk/claims.ts', 'electron'],
  ['src-main/core.ts', 'electron'],
  ['src-main/desk/claims.ts', 'better-sqlite3'],
  ['src-main/kernel/clock.ts', 'src-main/store/index.ts'],
  ['src-main/kernel/clock.ts', 'zod'],
  ['src-main/channels/x/api.ts', 'src-main/store/index.ts'],
  ['src-main/channels/x/api.ts', 'src-main/channels/email/index.ts'],
  ['src-main/channels/x/api.ts', 'src-main/desk/index.ts'],
  ['src-main/store/tx.ts', 'src-main/desk/index.ts'],
  ['src-main/desk/claims.ts', 'src-main/outbox/states.ts'],
  ['src-main/desk/claims.ts', 'src-main/shell/links.ts'],
  ['src-main/shell/links.ts', 'src-main/outbox/index.ts'],
  ['src-main/core.ts', 'src-renderer/bridge.ts'],
  ['src-preload/contract/rows.ts', 'src-main/kernel/index.ts'],
  ['src-preload/bridge.ts', 'zod'],
  ['src-preload/bridge.ts', 'src-preload/contract/index.ts'],
  ['src-preload/electron.ts', 'node:fs'],
  ['src-renderer/main.tsx', 'src-main/core.ts', true],
  ['src-renderer/main.tsx', 'src-preload/contract/index.ts'],
  ['src-renderer/main.tsx', 'node:path'],
  ['src-renderer/panes/queue/row.tsx', 'src-renderer/panes/customer/card.tsx'],
  ['src-renderer/ui/button.tsx', 'src-renderer/panes/queue/row.tsx'],
  ['src-renderer/state/store.ts', 'src-renderer/panes/queue/row.tsx'],
];
const keeps: [from: string, to: string, isTypeOnly?: boolean][] = [
  ['src-main/shell/electron/run.ts', 'electron'],
  ['src-main/entry-electron.ts', 'electron'],
  ['src-main/entry-core.ts', 'electron', true],
  ['src-preload/electron.ts', 'electron'],
  ['src-main/store/open.ts', 'better-sqlite3'],
  ['src-main/kernel/errors.ts', 'src-preload/contract/index.ts', true],
  ['src-main/kernel/ids.ts', 'node:crypto'],
  ['src-main/channels/x/api.ts', 'src-main/kernel/index.ts'],
  ['src-main/channels/x/api.ts', 'twitter-api-v2'],
  ['src-main/desk/claims.ts', 'src-main/outbox/index.ts'],
  ['src-main/desk/claims.ts', 'src-main/desk/rules.ts'],
  ['src-preload/bridge.ts', 'src-preload/contract/names.ts'],
  ['src-preload/bridge.ts', 'src-preload/contract/index.ts', true],
  ['src-renderer/panes/queue/row.tsx', 'src-renderer/panes/queue/cell.tsx'],
  ['src-renderer/panes/queue/row.tsx', 'src-renderer/ui/button.tsx'],
  ['src-renderer/bridge.ts', 'src-preload/contract/index.ts', true],
];

test.each(breaks)('%s may not import %s', (from, to, isTypeOnly = false) => {
  expect(brokenRule(from, to, { isTypeOnly })).toMatch(/\w/);
});
test.each(keeps)('%s may import %s', (from, to, isTypeOnly = false) => {
  expect(brokenRule(from, to, { isTypeOnly })).toBeNull();
});

test('imports are read with their kind, over several lines, dynamic ones too', () => {
  const text = `import type { A } from './a.ts';\nimport { b } from "../b.ts";\nimport {\n  c,\n  d,\n} from 'node:fs';\nexport * from './e.ts';\nimport './f.css';\nimport { type G } from './g.ts';\nconst h = await import('./h.ts');`;
  expect(importsOf('src-main/desk/x.ts', text)).toEqual([
    { to: 'src-main/desk/a.ts', isTypeOnly: true },
    { to: 'src-main/b.ts', isTypeOnly: false },
    { to: 'node:fs', isTypeOnly: false },
    { to: 'src-main/desk/e.ts', isTypeOnly: false },
    { to: 'src-main/desk/f.css', isTypeOnly: false },
    { to: 'src-main/desk/g.ts', isTypeOnly: true },
    { to: 'src-main/desk/h.ts', isTypeOnly: false },
  ]);
});

test('words are found in code, with their line, and not in comments', () => {
  expect(violations([['src-main/desk/x.ts', '// Date.now() would\nconst at = Date.now();\n']])).toEqual(['src-main/desk/x.ts:2: Date.now (time comes from kernel/clock, so that tests can move it)']);
  expect(violations([['src-main/kernel/clock.ts', 'Date.now();'], ['src-main/desk/x.test.ts', 'Date.now();']])).toEqual([]);
  expect(violations([['src-renderer/a.tsx', 'x.innerHTML = y;']])).toEqual([]);
  expect(violations([['src-renderer/a.tsx', 'x.innerHTML = y;'], ['src-renderer/b.tsx', 'x.innerHTML = y;']])).toHaveLength(1);
  expect(violations([['src-main/shell/electron/window.ts', 'const o = { sandbox: false };']])).toHaveLength(1);
});
