import { expect, test } from 'vitest';
import type { EntryDetail } from '../../src-preload/contract/index.ts';
import { replyAllRecipients } from './recipients.ts';

type Mail = Extract<EntryDetail, { type: 'mail' }>;
const own = ['care@acme.example', 'Billing@acme.example'];
const mail = (from: string, to: string[], cc: string[] = []): Mail => ({ type: 'mail', from, to, cc, messageId: null, automatic: 'no', unreadable: null });

test.each<[string, Parameters<typeof replyAllRecipients>[0], ReturnType<typeof replyAllRecipients>]>([
  ['only to us: a plain reply', { direction: 'inbound', address: 'ann@x.example', detail: mail('ann@x.example', ['care@acme.example']) }, null],
  ['we stand in Cc only: nobody is lost', { direction: 'inbound', address: 'ann@x.example', detail: mail('ann@x.example', ['bob@x.example'], ['care@acme.example']) }, { to: ['ann@x.example'], cc: ['bob@x.example'] }],
  ['To before Cc, each once, whatever the case', { direction: 'inbound', address: 'ann@x.example', detail: mail('ann@x.example', ['care@acme.example', 'Bob@x.example'], ['bob@X.example', 'eve@x.example']) }, { to: ['ann@x.example'], cc: ['Bob@x.example', 'eve@x.example'] }],
  ['our other address and our tags are ours', { direction: 'inbound', address: 'ann@x.example', detail: mail('ann@x.example', ['care+4471@acme.example', 'billing@ACME.example', 'bob@x.example']) }, { to: ['ann@x.example'], cc: ['bob@x.example'] }],
  ['the writer copied herself', { direction: 'inbound', address: 'ann@x.example', detail: mail('ann@x.example', ['care@acme.example'], ['Ann@x.example']) }, null],
  ['a Reply-To takes the place of a no-reply sender', { direction: 'inbound', address: 'desk@x.example', detail: mail('no-reply@x.example', ['care@acme.example', 'bob@x.example']) }, { to: ['desk@x.example'], cc: ['bob@x.example'] }],
  ['a Reply-To takes the place of whoever wrote', { direction: 'inbound', address: 'ann@x.example', detail: { ...mail('ann@x.example', ['care@acme.example', 'bob@x.example']), replyTo: ['desk@x.example', 'Care@acme.example'] } }, { to: ['desk@x.example'], cc: ['bob@x.example'] }],
  ['after our own mail it goes to those we wrote to', { direction: 'outbound', address: 'ann@x.example', detail: mail('care@acme.example', ['ann@x.example', 'bob@x.example'], ['eve@x.example', 'care@acme.example']) }, { to: ['ann@x.example', 'bob@x.example'], cc: ['eve@x.example'] }],
  ['after our own mail to one', { direction: 'outbound', address: 'ann@x.example', detail: mail('care@acme.example', ['ann@x.example']) }, null],
  ['from us to us by a form', { direction: 'inbound', address: 'care@acme.example', detail: mail('care@acme.example', ['care@acme.example']) }, null],
])('an answer to all: %s', (_what, answered, recipients) => {
  expect(replyAllRecipients(answered, own)).toEqual(recipients);
});

test('a list of hundreds is cut where servers cut it', () => {
  const many = Array.from({ length: 200 }, (_, n) => `p${n}@x.example`);
  const answer = replyAllRecipients({ direction: 'inbound', address: 'ann@x.example', detail: mail('ann@x.example', many) }, own);
  expect((answer?.to.length ?? 0) + (answer?.cc.length ?? 0)).toBe(50);
});
