import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { commands, CONTRACT_VERSION, push } from './index.ts';

/** The shapes of everything that crosses the bridge, as JSON Schema (draft 2020-12), hashed. */
function schemaHash(): string {
  const shapes = Object.fromEntries(Object.entries(commands).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, { input, output }]) => [name, [z.toJSONSchema(input, { io: 'input' }), z.toJSONSchema(output, { io: 'output' })]]));
  return createHash('sha256').update(JSON.stringify([shapes, z.toJSONSchema(push)])).digest('hex').slice(0, 16);
}

// Window and core are built together, but a running window can outlive its core (restart after a crash, update): a changed shape needs a
// new version. When this fails: raise CONTRACT_VERSION and put the new hash here.
const KNOWN: Record<number, string> = { 1: '0643bf6110252372' };

test('a changed contract has a new version', () => {
  expect(schemaHash()).toBe(KNOWN[CONTRACT_VERSION]);
});

test('commands are named area.verb', () => {
  for (const name of Object.keys(commands)) expect(name).toMatch(/^[a-z]+\.[a-z][A-Za-z]*$/);
});
