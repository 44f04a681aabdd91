import { expect, test } from 'vitest';
import { mergeCustomers, unmergeCustomers } from '../../merging/index.ts';
import { mailEvent, openTestDesk } from '../../test-desk.ts';
import { mergedSides } from './0250-merged-sides.ts';

test('a merge from before the step is undone to what it had kept of both sides', () => {
  const desk = openTestDesk();
  for (const name of ['ann', 'bob']) {
    desk.take(desk.accounts.email, [mailEvent(`${name}@x.example`, desk.clock.now())]);
    desk.clock.advance(60_000);
  }
  const [ann, bob] = [desk.conversation('ann@x.example'), desk.conversation('bob@x.example')];
  const { mergeId } = desk.run(mergeCustomers, { survivorId: ann.customerId, mergedId: bob.customerId, reason: '', ids: desk.ids });
  const side = (over: object) => ({ state: 'open', stateBy: null, owner: null, snoozedUntil: null, followUpNote: null, readUpTo: 0, ...over });
  desk.run({
    name: 't',
    apply: (tx) => {
      tx.db.run('DROP TABLE side_event');
      tx.db.run('UPDATE customer_merge SET states = ?', JSON.stringify({ survivor: side({ owner: 'MK' }), merged: side({ state: 'done', stateBy: 'RB' }), result: side({}), drafts: [] }));
      mergedSides.up((sql) => sql.split(/;\s*$/m).filter((one) => one.replace(/^\s*--.*$/gm, '').trim() !== '').forEach((one) => tx.db.run(one)));
    },
  }, null);
  desk.run(unmergeCustomers, { mergeId, ids: desk.ids });
  expect([desk.conversation('ann@x.example'), desk.conversation('bob@x.example')]).toMatchObject([{ state: 'open', owner: 'MK' }, { state: 'done', owner: null }]);
});
