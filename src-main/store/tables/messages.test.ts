import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EntryDetail } from '../../../src-preload/contract/index.ts';
import { openTestDesk } from '../../test-desk.ts';
import { tables } from '../index.ts';

const AT = Date.UTC(2026, 0, 5);
const detail: EntryDetail = { type: 'mail', from: 'ann@x.example', to: [], cc: [], messageId: null, automatic: 'no', unreadable: null };
const WORDS = ['router', 'कि', 'Grüße', 'gone'];
const change = fc.record({ what: fc.constantFrom('add', 'rewrite', 'tombstone', 'remove', 'again'), which: fc.nat(3), word: fc.constantFrom(...WORDS) });

test('whatever one transaction does to messages, both indexes hold what the rows say when it ends', () => {
  const desk = openTestDesk();
  desk.run({ name: 't', apply: (tx) => {
    tables.insertCustomer(tx.db, { id: 'c', name: 'Ann', isNamed: true, createdAt: AT });
    tables.insertConversation(tx.db, { id: 'v', customerId: 'c', state: 'open', createdAt: AT });
  } }, null);
  const ids = (): number[] => desk.store.read.all<{ id: number }>('SELECT id FROM message ORDER BY id').map((row) => row.id);
  fc.assert(fc.property(fc.array(fc.array(change, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 }), (transactions) => {
    for (const changes of transactions) {
      desk.run({ name: 't', apply: ({ db, at }) => {
        for (const { what, which, word } of changes) {
          const row = tables.messageById(db, ids()[which] ?? -1);
          const add = (): void => void tables.insertMessage(db, { conversationId: 'v', identityId: null, accountId: null, externalId: null, kind: 'mail', direction: 'inbound', at: AT + which, author: 'Ann', address: null, subject: word, text: `${word} ${which}`, detail, refs: null, requestId: null, arrivedAt: at });
          if (what === 'add') add();
          else if (row && what === 'rewrite') tables.rewriteMessage(db, row, { externalId: `e${row.id}`, text: word, detail });
          else if (row && what === 'tombstone') tables.tombstone(db, row, at);
          else if (row) tables.removeMessage(db, row);
          // The id of a message that is gone is free for the next one of its time.
          if (what === 'again') add();
        }
      } }, null);
      for (const table of ['message_index', 'message_typing']) {
        expect(desk.store.checkIndex(table)).toBeNull();
        for (const word of WORDS) {
          const found = desk.store.read.all<{ id: number }>(`SELECT rowid AS id FROM ${table} WHERE ${table} MATCH ? ORDER BY rowid`, `"${word}"`).map((row) => row.id);
          expect(found).toEqual(desk.store.read.all<{ id: number }>(`SELECT id FROM message WHERE instr(coalesce(subject, '') || ' ' || text, ?) > 0 ORDER BY id`, word.normalize('NFC')).map((row) => row.id));
        }
      }
    }
  }), { numRuns: 60, seed: 11 });
});
