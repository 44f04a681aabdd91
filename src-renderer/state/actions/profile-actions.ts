import type { Customer, Input } from '../../../src-preload/contract/index.ts';
import { call } from '../../bridge.ts';
import { t } from '../../locales/index.ts';
import { getState } from '../store.ts';
import { toast } from '../toasts.ts';

type Part = Input<'customer.profile'>['part'];

/** The part as it is now: what undoing a change puts back. */
function before(customer: Customer, part: Part): Part {
  const { profile } = customer;
  switch (part.type) {
    case 'influence': return { ...part, value: profile.influence };
    case 'wish': return { ...part, value: profile.wishes[part.channel] };
    case 'field': return { ...part, value: profile.fields[part.fieldId] ?? null };
    case 'date': {
      const known = profile.dates.find((date) => date.id === part.dateId);
      return { ...part, value: known === undefined ? null : { name: known.name, day: known.day, month: known.month, year: known.year, text: known.text } };
    }
  }
}

/** Changes one part of the profile, with one undo. */
export async function changeProfile(customerId: string, part: Part): Promise<boolean> {
  const customer = getState().customers[customerId];
  const old = customer === undefined ? null : before(customer, part);
  const saved = await call('customer.profile', { customerId, part });
  if (saved === null) return false;
  if (old === null) return true;
  const undo = old.type === 'date' ? { ...old, dateId: saved.dateId } : old;
  toast(t('profile.saved', { name: customer?.name ?? '' }), 'plain', { label: t('common.undo'), run: () => void call('customer.profile', { customerId, part: undo }) });
  return true;
}
