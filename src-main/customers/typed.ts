import type { IdentityKind } from '../../src-preload/contract/index.ts';
import { phoneParty } from '../channels/phone/index.ts';
import type { Party } from '../channels/port.ts';
import { ParleyError } from '../kernel/index.ts';

/** Reads a handle, address or number as somebody typed it. Throws ParleyError `bad_input` saying what it is not. */
export function identityParty(kind: IdentityKind, typed: string, region: string): Party {
  const text = typed.trim();
  switch (kind) {
    case 'phone': {
      const party = phoneParty(text, region, null);
      if (party === null) throw new ParleyError('bad_input', `"${text.slice(0, 40)}" is no telephone number.`);
      return party;
    }
    case 'email': {
      const address = text.replace(/^mailto:/i, '').replace(/^.*<([^<>]+)>\s*$/, '$1').trim();
      if (!/^[^\s@<>,;]{1,64}@[^\s@<>,;]+\.[^\s@<>,;.]{2,}$/.test(address)) throw new ParleyError('bad_input', `"${text.slice(0, 60)}" is no e-mail address.`);
      return { kind, value: address.toLowerCase(), display: address, name: null };
    }
    case 'x': {
      const handle = text.replace(/^https?:\/\/(?:www\.)?(?:x|twitter)\.com\//i, '').replace(/[/?#].*$/, '').replace(/^@/, '');
      if (!/^\w{1,15}$/.test(handle)) throw new ParleyError('bad_input', `"${text.slice(0, 40)}" is no handle on X.`);
      // The lasting id is not known before the account writes; until then the handle stands for it.
      return { kind, value: `@${handle.toLowerCase()}`, display: `@${handle}`, name: null };
    }
  }
}
