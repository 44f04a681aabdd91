import type { Settings } from '../../../src-preload/contract/index.ts';
import type { ProfilePart } from '../../desk/index.ts';

/** What the demo desk keeps about its customers beside what every desk does. */
export const fieldsSample: Settings['customFields'] = [
  { id: 'contract', name: 'Contract', type: 'text', choices: [] },
  { id: 'line', name: 'Line', type: 'choice', choices: ['Home 100', 'Home 250', 'Business 500'] },
];

export interface PersonSample { email: string; parts: ProfilePart[] }

/** How some of them want to be reached, their lines, and a birthday two days from `now` (ms). */
export function peopleSample(now: number, zone: string): PersonSample[] {
  const soon = new Intl.DateTimeFormat('en', { timeZone: zone, day: 'numeric', month: 'numeric' }).formatToParts(now + 2 * 86_400_000);
  const part = (type: string): number => Number(soon.find((one) => one.type === type)?.value);
  const line = (contract: string, name: string): ProfilePart[] => [{ type: 'field', fieldId: 'contract', value: contract }, { type: 'field', fieldId: 'line', value: name }];
  return [
    { email: 'hannah.brandt@fernhill.example', parts: [{ type: 'wish', channel: 'call', value: 'refused' }, { type: 'wish', channel: 'mail', value: 'preferred' }, ...line('A-10064', 'Home 100')] },
    { email: 'g.ottley@marlowbay.example', parts: [{ type: 'wish', channel: 'call', value: 'preferred' }, ...line('A-10029', 'Home 100')] },
    { email: 'agnes.lindqvist@birchhollow.example', parts: [{ type: 'date', dateId: null, value: { name: 'Birthday', day: part('day'), month: part('month'), year: 1941, text: null } }, ...line('A-10113', 'Home 100')] },
    { email: 'maria.keller@lindenpost.example', parts: line('A-10001', 'Home 250') },
    { email: 'tom@whitcombe-joinery.example', parts: line('B-20008', 'Business 500') },
    { email: 'sunita.verma@neemghar.example', parts: line('A-10386', 'Home 250') },
    { email: 'rumana.akter@shaplabari.example', parts: line('A-10442', 'Home 100') },
  ];
}
