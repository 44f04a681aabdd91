import { expect, test } from 'vitest';
import { decideClaim, type Decision, type Lease, type Wish } from './lease.ts';

const MINUTE = 60_000;
const AT = 1_000 * MINUTE;
const by = { agent: 'RB', at: AT, leaseMs: 30 * MINUTE };
const free: Lease = { owner: null, until: null };
const mine: Lease = { owner: 'RB', until: AT + 10 * MINUTE };
const theirs: Lease = { owner: 'MK', until: AT + 10 * MINUTE };
const ended: Lease = { owner: 'MK', until: AT };
const given: Lease = { owner: 'MK', until: null };
const givenToMe: Lease = { owner: 'RB', until: null };
const nothing: Decision = { type: 'nothing' };
const refused: Decision = { type: 'refused', owner: 'MK' };
const set = (owner: string | null, until: number | null, told: string | null = null, to: string | null = null): Decision => ({ type: 'set', lease: { owner, until }, told, given: to });
const NEW_END = AT + 30 * MINUTE;

test.each<[string, Lease, Wish, Decision]>([
  ['what nobody has is claimed for a while', free, { type: 'claim', takeOver: false }, set('RB', NEW_END)],
  ['a claim of somebody else holds', theirs, { type: 'claim', takeOver: false }, refused],
  ['what was given to somebody else holds without an end', given, { type: 'claim', takeOver: false }, refused],
  ['a claim that has ended holds nobody off, and nobody is told', ended, { type: 'claim', takeOver: false }, set('RB', NEW_END)],
  ['taking over tells who had it', theirs, { type: 'claim', takeOver: true }, set('RB', NEW_END, 'MK')],
  ['claiming again goes on', mine, { type: 'claim', takeOver: false }, set('RB', NEW_END)],
  ['claiming what was given changes nothing', givenToMe, { type: 'claim', takeOver: false }, nothing],
  ['on screen a claim goes on when a third of it is over', mine, { type: 'keep' }, set('RB', NEW_END)],
  ['a young claim is not written again', { owner: 'RB', until: AT + 21 * MINUTE }, { type: 'keep' }, nothing],
  ['being on screen claims nothing', free, { type: 'keep' }, nothing],
  ['being on screen renews nobody else’s claim', theirs, { type: 'keep' }, nothing],
  ['a claim that has ended is not renewed', { owner: 'RB', until: AT }, { type: 'keep' }, nothing],
  ['what was given needs no renewal', givenToMe, { type: 'keep' }, nothing],
  ['giving back one’s own tells nobody', mine, { type: 'release' }, set(null, null)],
  ['giving back somebody else’s tells them', theirs, { type: 'release' }, set(null, null, 'MK')],
  ['what nobody has cannot be given back', free, { type: 'release' }, nothing],
  ['assigning tells who gets it', free, { type: 'assign', owner: 'MK' }, set('MK', null, null, 'MK')],
  ['assigning away from somebody tells both', theirs, { type: 'assign', owner: 'JT' }, set('JT', null, 'MK', 'JT')],
  ['assigning to oneself tells only who had it', theirs, { type: 'assign', owner: 'RB' }, set('RB', null, 'MK')],
  ['a claim becomes for good without a word', theirs, { type: 'assign', owner: 'MK' }, set('MK', null)],
  ['assigning what is theirs already changes nothing', given, { type: 'assign', owner: 'MK' }, nothing],
  ['a claim ends at its minute', ended, { type: 'lapse' }, set(null, null)],
  ['and not before', theirs, { type: 'lapse' }, nothing],
  ['what was given never ends', given, { type: 'lapse' }, nothing],
])('%s', (_, lease, wish, expected) => expect(decideClaim(lease, wish, by)).toEqual(expected));
