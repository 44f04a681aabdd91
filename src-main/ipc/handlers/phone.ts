import { phoneParty } from '../../channels/phone/index.ts';
import { openingAt } from '../../desk/index.ts';
import { ParleyError } from '../../kernel/index.ts';
import { denyIdentity, linkIdentity } from '../../merging/index.ts';
import type { Handlers } from '../router.ts';
import { by, did, settingsNow, type HandlerContext } from './context.ts';

type Names = 'phone.sources' | 'phone.saveHttp' | 'phone.saveAmi' | 'phone.saveExtensions' | 'phone.shortcut' | 'phone.saveShortcut' | 'phone.dismiss' | 'phone.guess' | 'phone.hours';

export const phoneHandlers = (c: HandlerContext): Pick<Handlers, Names> => ({
  'phone.sources': () => ({ sources: c.workspace().callSources.state() }),
  'phone.saveHttp': (input) => c.workspace().callSources.saveHttp(input, by(c)),
  'phone.saveAmi': (input) => c.workspace().callSources.saveAmi(input, by(c)),
  'phone.saveExtensions': ({ extensions }) => c.workspace().callSources.saveExtensions(extensions, by(c)),
  'phone.shortcut': () => ({ shortcut: c.shortcut === null ? null : c.shortcut.state() }),
  'phone.saveShortcut': ({ keys }) => {
    if (c.shortcut === null) throw new ParleyError('not_yet', 'Keys that work from any program need the console in Electron.');
    return c.shortcut.save(keys, by(c));
  },
  'phone.dismiss': ({ callId }) => {
    c.workspace().calls.dismiss(callId);
    return {};
  },
  'phone.guess': ({ callId, customerId, isRight }) => {
    const { calls, ids } = c.workspace();
    const call = calls.call(callId);
    const party = call?.number == null ? null : phoneParty(call.number, settingsNow(c).defaultRegion, null);
    if (party === null) throw new ParleyError('not_found', 'This call is over and its number is not here any more.');
    const done = isRight
      ? did(c, linkIdentity, { identityId: ids.next(), customerId, party, basis: 'told_us', ids })
      : did(c, denyIdentity, { customerId, kind: party.kind, value: party.value });
    calls.look();
    return done;
  },
  'phone.hours': () => {
    const { sla, officeZone } = settingsNow(c);
    return openingAt(sla.calendars[0] ?? null, officeZone, c.clock.now());
  },
});
