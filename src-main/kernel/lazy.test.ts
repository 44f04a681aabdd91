import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { lazy } from './lazy.ts';

test('it is made once, and only when asked for', () => {
  let made = 0;
  const value = lazy(() => {
    made += 1;
    return undefined;
  });
  expect(made).toBe(0);
  expect([value(), value(), made]).toEqual([undefined, undefined, 1]);
});

const LATER = ['twitter-api-v2', 'twitter-text', 'imapflow', 'nodemailer', 'markdown-it', 'html-to-text', 'libphonenumber-js', 'chrono-node', 'sanitize-html', 'smtp-server', 'hunspell-asm', 'ical.js'];

/** Packages loaded by importing a module, in a process of its own. */
function loadedBy(module: string): string[] {
  const hooks = `import { registerHooks } from 'node:module';
registerHooks({ load: (url, context, next) => (console.log(/node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1] ?? ''), next(url, context)) });`;
  const out = execFileSync(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(hooks)}`, '--input-type=module', '--eval', `import ${JSON.stringify(module)};`], { encoding: 'utf8' });
  return [...new Set(out.split('\n'))];
}

test.each(['core.ts', 'cli/commands.ts'])('starting (%s) waits for no package that only some work needs', (module) => {
  const loaded = loadedBy(fileURLToPath(new URL(`../${module}`, import.meta.url)));
  expect(loaded).toContain('better-sqlite3');
  expect(loaded.filter((name) => LATER.includes(name))).toEqual([]);
});
