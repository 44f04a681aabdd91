import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Classes a file has a rule of their own for, not as part of something else, in some state, or beside others. */
function classesAlone(css: string): string[] {
  const rules = css.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/([^{}]+)\{/g);
  return [...rules].map(([, selector = '']) => selector.trim()).filter((selector) => /^\.[\w-]+$/.test(selector));
}

test('a class is at home in one file: two parts that share a name would wear each other’s styles', () => {
  const homes = new Map<string, Set<string>>();
  for (const file of readdirSync(import.meta.dirname).filter((name) => name.endsWith('.css'))) {
    for (const name of classesAlone(readFileSync(join(import.meta.dirname, file), 'utf8'))) homes.set(name, (homes.get(name) ?? new Set()).add(file));
  }
  expect(homes.size).toBeGreaterThan(100);
  expect([...homes].filter(([, files]) => files.size > 1).map(([name, files]) => `${name}: ${[...files].join(', ')}`)).toEqual([]);
});
