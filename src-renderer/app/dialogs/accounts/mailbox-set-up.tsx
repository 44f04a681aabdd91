import { useState } from 'react';
import { ExternalLink } from 'lucide-react';
import type { AccountInput, Output, SignInProvider } from '../../../../src-preload/contract/index.ts';
import { ask } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { setState } from '../../../state/store.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { AccountFields } from './account-form.tsx';
import type { Whose } from './mailbox-dialog.tsx';
import { Authority, FoundServers, isServer, serverOf, ServerFields, typed } from './mailbox-servers.tsx';
import { SignInWaiting, useSignIn } from './sign-in-waiting.tsx';

type Discovery = Output<'account.discover'>;
const other: SignInProvider = { id: 'other', name: t('account.otherProvider'), authorizeUrl: '', tokenUrl: '', deviceUrl: null, scopes: [], wantsSecret: true, register: '' };
const isWeb = (text: string): boolean => URL.canParse(text) && /^https?:$/u.test(new URL(text).protocol);

/** Servers, then the way in: a password, or the provider's own page. */
export function MailboxSetUp({ whose, discovery, providers, onBack, onClose }: { whose: Whose; discovery: Discovery; providers: readonly SignInProvider[]; onBack: () => void; onClose: () => void }) {
  const { found, guess, notes } = discovery;
  const start = found ?? guess;
  const [isOpen, setOpen] = useState(found === null);
  const [imap, setImap] = useState(typed(start.imap));
  const [smtp, setSmtp] = useState(typed(start.smtp));
  const [user, setUser] = useState(start.user);
  const [password, setPassword] = useState('');
  const [keepSentCopy, setKeepSentCopy] = useState(start.keepSentCopy);
  const [ca, setCa] = useState<string | null>(null);
  const known = providers.find((provider) => provider.id === start.provider);
  // What the provider takes; by hand anything goes.
  const offered = isOpen ? [...providers, other] : known === undefined ? (start.password ? [] : [other]) : [known];
  const takesPassword = isOpen || start.password;
  const ways = [...(known === undefined ? [] : [known]), ...(takesPassword ? [null] : []), ...offered.filter((provider) => provider !== known)];
  const [wayId, setWayId] = useState<string | null>(null);
  const chosen = ways.find((way) => (way?.id ?? 'password') === wayId) ?? ways[0] ?? null;

  const areServers = user !== '' && isServer(imap) && isServer(smtp);
  const mailbox = {
    channel: 'email' as const, name: whose.address, address: whose.address, displayName: whose.displayName === '' ? whose.address : whose.displayName, user, keepSentCopy, ...(ca === null ? {} : { ca }),
    imap: serverOf(imap), smtp: serverOf(smtp),
  };
  const servers = (
    <>
      {notes.map((note) => <p key={note} className="hint found-note">{note}</p>)}
      {found === null && <p className="hint">{t('account.nothingFound')}</p>}
      {isOpen || found === null
        ? <><ServerFields legend={t('account.incoming')} server={imap} kind="imap" onChange={setImap} /><ServerFields legend={t('account.outgoing')} server={smtp} kind="smtp" onChange={setSmtp} /></>
        : <FoundServers found={found} imap={imap} smtp={smtp} onChange={() => setOpen(true)} />}
      {ways.length > 1 && <Segmented label={t('account.signIn')} value={chosen?.id ?? 'password'} onPick={setWayId} options={ways.map((way) => ({ value: way?.id ?? 'password', label: way === null ? t('account.password') : way.name }))} />}
    </>
  );
  const more = (
    <details className="more">
      <summary>{t('account.more')}</summary>
      <div className="more-fields">
        <label className="check"><input type="checkbox" checked={keepSentCopy} onChange={(event) => setKeepSentCopy(event.target.checked)} />{t('account.keepSent')}</label>
        <Authority onChange={setCa} />
        <Button small onClick={onBack}>{t('account.otherAddress')}</Button>
      </div>
    </details>
  );
  if (chosen !== null) return <ByProvider key={chosen.id} provider={chosen} mailbox={areServers ? mailbox : null} onClose={onClose} head={servers} foot={<>{isOpen && <TextField label={t('account.user')} value={user} onText={setUser} />}{more}</>} />;
  const account: AccountInput | null = areServers && password !== '' ? { ...mailbox, password } : null;
  return (
    <AccountFields account={account} onClose={onClose}>
      {servers}
      <div className="field-row"><TextField label={t('account.user')} value={user} onText={setUser} /><TextField label={t('account.password')} type="password" value={password} onText={setPassword} {...(start.passwordHint === null ? {} : { hint: start.passwordHint })} /></div>
      {more}
    </AccountFields>
  );
}

type Mailbox = Omit<Extract<AccountInput, { channel: 'email' }>, 'password'>;

function ByProvider({ provider, mailbox, onClose, head, foot }: { provider: SignInProvider; mailbox: Mailbox | null; onClose: () => void; head: React.ReactNode; foot: React.ReactNode }) {
  const [clientId, setClientId] = useState('');
  const [clientSecret, setClientSecret] = useState('');
  const [place, setPlace] = useState({ authorizeUrl: provider.authorizeUrl, tokenUrl: provider.tokenUrl, deviceUrl: provider.deviceUrl ?? '', scopes: provider.scopes.join(' ') });
  const { started, busy, problem, begin } = useSignIn(false, (accountId) => setState({ dialog: { type: 'mailFolders', accountId, isNew: true } }));
  const isWhole = mailbox !== null && clientId.trim() !== '' && isWeb(place.authorizeUrl) && isWeb(place.tokenUrl) && (place.deviceUrl === '' || isWeb(place.deviceUrl)) && place.scopes.trim() !== '';
  const start = (way: 'page' | 'code'): void => {
    if (!isWhole) return;
    void begin(() => ask('account.signIn', {
      accountId: null,
      signIn: { ...mailbox, way, oauth: { provider: provider.id, clientId: clientId.trim(), clientSecret: clientSecret.trim() === '' ? null : clientSecret.trim(), authorizeUrl: place.authorizeUrl.trim(), tokenUrl: place.tokenUrl.trim(), deviceUrl: place.deviceUrl.trim() === '' ? null : place.deviceUrl.trim(), scopes: place.scopes.split(/\s+/u).filter((scope) => scope !== '') } },
    }));
  };
  if (started !== null) return <SignInWaiting started={started} />;
  const field = (key: keyof typeof place, isUrl: boolean) => <TextField label={t(`account.oauth.${key}`)} value={place[key]} onText={(text) => setPlace({ ...place, [key]: text })} error={isUrl && place[key] !== '' && !isWeb(place[key]) ? t('account.badBase') : null} />;
  const addresses = <><div className="field-row">{field('authorizeUrl', true)}{field('tokenUrl', true)}</div><div className="field-row">{field('scopes', false)}{field('deviceUrl', true)}</div></>;
  return (
    <form className="modal-form" onSubmit={(event) => { event.preventDefault(); start('page'); }}>
      {head}
      <div className="field-row">
        <TextField label={t('account.x.clientIdOnly')} value={clientId} onText={setClientId} hint={t('account.ownApp')} />
        {provider.wantsSecret && <TextField label={t('account.clientSecret')} type="password" value={clientSecret} onText={setClientSecret} />}
      </div>
      {provider.register !== '' && <p className="hint">{provider.register}</p>}
      {provider.id === 'other' ? addresses : <details className="more"><summary>{t('account.oauthAddresses')}</summary>{addresses}</details>}
      {foot}
      {problem !== null && <p className="composer-problem" role="alert">{problem}</p>}
      <footer className="modal-foot">
        {place.deviceUrl !== '' && <Button onClick={() => start('code')} aria-disabled={!isWhole || busy} data-action="account.signInByCode">{t('account.byCode')}</Button>}
        <span className="spacer" />
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button tone="primary" type="submit" aria-disabled={!isWhole || busy} data-action="account.signIn"><ExternalLink size={14} aria-hidden="true" />{t('account.signInWith', { name: provider.id === 'other' ? t('account.theProvider') : provider.name })}</Button>
      </footer>
    </form>
  );
}
