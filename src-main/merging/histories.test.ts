import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkStore, openContentStore, tables } from '../store/index.ts';
import { mergeCustomers, unmergeCustomers } from './index.ts';
import { arbitraryOp, both, openPeople, picture, shownAs, type Op } from './test-histories.ts';

const MINUTE = 60_000;

/** The same history twice: once with merges and undos, once without any. */
function live(ops: readonly Op[]): void {
  const real = openPeople();
  const plain = openPeople();
  const merges: string[] = [];
  const undo = (pick: number): void => {
    const [mergeId] = merges.splice(pick % merges.length, 1);
    // Erased meanwhile: there is nothing to take back.
    if (mergeId !== undefined && tables.mergeById(real.desk.store.read, mergeId)) real.desk.run(unmergeCustomers, { mergeId, ids: real.desk.ids });
  };
  ops.forEach((op, n) => {
    for (const p of [real, plain]) p.desk.clock.advance(op.op === 'wait' ? op.minutes * MINUTE : MINUTE);
    if (op.op === 'merge') {
      const [survivorId, mergedId] = [shownAs(real, op.who), shownAs(real, op.other)];
      if (survivorId !== undefined && mergedId !== undefined && survivorId !== mergedId) merges.push(real.desk.run(mergeCustomers, { survivorId, mergedId, reason: '', ids: real.desk.ids }).mergeId);
    } else if (op.op === 'unmerge') {
      if (merges.length > 0) undo(op.pick);
    } else if (op.op !== 'wait') both(real, plain, op, n);
  });
  for (let i = 0; merges.length > 0; i += 1) undo(i * 3);
  const db = real.desk.store.read;
  const withUnread = !ops.some(({ op }) => op === 'old' || op === 'place');
  expect(picture(real, withUnread)).toEqual(picture(plain, withUnread));
  expect(checkStore(real.desk.store, openContentStore(real.desk.dir))).toMatchObject({ ok: true, problems: [] });
  expect(db.all('SELECT id FROM customer WHERE own IS NOT NULL OR merged_into IS NOT NULL')).toEqual([]);
  expect(db.all('SELECT id FROM message WHERE home_conversation_id IS NOT NULL')).toEqual([]);
  expect(db.all('SELECT id FROM side_event')).toEqual([]);
  for (const p of [real, plain]) {
    p.stop();
    p.desk.store.close();
    rmSync(p.desk.dir, { recursive: true, force: true });
  }
}

// `PARLEY_MERGE_RUNS=1000 PARLEY_MERGE_SEED=7 npx vitest run src-main/merging/histories.test.ts` lives a thousand others.
const numRuns = Number(process.env['PARLEY_MERGE_RUNS'] ?? 100);
const seed = Number(process.env['PARLEY_MERGE_SEED'] ?? 11);

describe('undoing merges, in any order, leaves everybody as if they had never been merged', () => {
  test('whatever happened meanwhile', () => {
    fc.assert(fc.property(fc.array(arbitraryOp, { minLength: 4, maxLength: 30 }), live), { numRuns, seed });
  }, 3_600_000);
});
