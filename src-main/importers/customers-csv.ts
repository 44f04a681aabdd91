import type { IdentityBasis } from '../../src-preload/contract/index.ts';
import { phoneParty } from '../channels/phone/index.ts';
import type { ChannelEvent, Party } from '../channels/port.ts';
import { csvImporter, type CsvRow } from './csv.ts';
import type { ImportContext } from './importer.ts';

const BASES: Record<string, IdentityBasis> = { told_us: 'told_us', own_signature: 'own_signature', public_profile: 'public_profile', consent: 'consent' };

function eventOf(row: CsvRow, context: ImportContext): ChannelEvent | string {
  const name = row.of('name');
  if (name === '') return `line ${row.line}: no name`;
  const basis = BASES[row.of('basis').toLowerCase().replace(/[\s-]+/g, '_')];
  const email = row.of('email');
  const handle = row.of('x_handle').replace(/^@/, '');
  const phone = row.of('phone') === '' ? null : phoneParty(row.of('phone'), context.region, name);
  const identities: Party[] = [
    ...(email === '' ? [] : [{ kind: 'email' as const, value: email.toLowerCase(), display: email, name }]),
    ...(row.of('x_user_id') === '' ? [] : [{ kind: 'x' as const, value: row.of('x_user_id'), display: handle === '' ? row.of('x_user_id') : `@${handle}`, name }]),
    ...(phone ? [phone] : []),
  ];
  if (identities.length === 0) return `line ${row.line}: ${name} has no e-mail address, X user id or number`;
  // Joining a handle with an address or number without saying why is not ours to do (product line C7).
  if (basis === undefined && identities.length > 1) return `line ${row.line}: ${name} has several identities but no basis (told us, own signature, public profile, consent)`;
  return {
    type: 'contact', at: context.now, name, identities, basis: basis ?? 'contact', isVip: /^(?:1|yes|true|y|vip)$/i.test(row.of('vip')), vipNote: row.of('vip_note') || null,
    note: row.of('note') || null, language: row.of('language') || null, tags: row.of('tags').split(/[;|,]/).map((t) => t.trim()).filter((t) => t !== ''),
  };
}

/** A company's own customer list: who is who, and on what basis we know it. */
export const importCustomers = csvImporter(['name', 'basis'], 'a list of customers', eventOf);
