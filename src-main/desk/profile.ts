import type { Input, Settings } from '../../src-preload/contract/index.ts';
import { ParleyError } from '../kernel/index.ts';
import { tables, type Operation } from '../store/index.ts';
import { refreshConversation } from './refresh.ts';

export type ProfilePart = Input<'customer.profile'>['part'];

/** Under which key a part is kept. `dateId`: of a date that has no id yet. */
export function keyOf(part: ProfilePart, dateId: string): string {
  switch (part.type) {
    case 'influence': return 'influence';
    case 'wish': return `wish:${part.channel}`;
    case 'date': return `date:${part.dateId ?? dateId}`;
    case 'field': return `field:${part.fieldId}`;
  }
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Why a part cannot be kept; null when it can. */
export function partProblem(part: ProfilePart, fields: Settings['customFields']): string | null {
  if (part.value === null) return null;
  if (part.type === 'date') return part.value.day > (DAYS[part.value.month - 1] ?? 0) ? 'No month has that day.' : null;
  if (part.type !== 'field') return null;
  const field = fields.find((one) => one.id === part.fieldId);
  if (field === undefined) return 'This field is not there any more.';
  switch (field.type) {
    case 'number': return typeof part.value === 'number' && Number.isFinite(part.value) ? null : `${field.name} is a number.`;
    case 'date': return typeof part.value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(part.value) && !Number.isNaN(Date.parse(part.value)) ? null : `${field.name} is a date.`;
    case 'choice': return typeof part.value === 'string' && field.choices.includes(part.value) ? null : `${field.name} is one of: ${field.choices.join(', ')}.`;
    case 'text': return typeof part.value === 'string' ? null : `${field.name} is text.`;
  }
}

/** Changes one part of what is known about a customer; null takes it off. */
export const setProfilePart: Operation<{ customerId: string; part: ProfilePart; dateId: string }, void> = {
  name: 'customer.profile',
  summarise: ({ customerId, part, dateId }) => ({ customerId, key: keyOf(part, dateId) }),
  apply(tx, { customerId, part, dateId }) {
    if (!tables.customerRow(tx.db, customerId)) throw new ParleyError('not_found', 'This customer is not here any more.');
    const problem = partProblem(part, tables.settingsOf(tx.db).customFields);
    if (problem !== null) throw new ParleyError('bad_input', problem);
    tables.updateProfile(tx.db, customerId, keyOf(part, dateId), part.value);
    tx.touch('customer', customerId);
    const conversation = part.type === 'influence' ? tables.conversationOfCustomer(tx.db, customerId) : undefined;
    if (conversation) refreshConversation(tx, conversation.id);
  },
};
