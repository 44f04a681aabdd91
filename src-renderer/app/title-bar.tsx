import { AppWindow, CircleHelp, CircleUserRound, Import, Keyboard, Mail, Monitor, Moon, PanelLeft, PanelRight, Phone, Plug, Search, Settings, Sun, Users } from 'lucide-react';
import type { AccountRow } from '../../src-preload/contract/index.ts';
import { t } from '../locales/index.ts';
import { saveSettings } from '../state/preferences.ts';
import { shortcutsOf } from '../state/shortcuts.ts';
import { setState, useApp } from '../state/store.ts';
import { useMinute } from '../state/ticker.ts';
import { whenLabel } from '../state/words/time.ts';
import { IconButton, Tip } from '../ui/button.tsx';
import { Keys } from '../ui/keys.tsx';
import { DropMenu } from '../ui/menu.tsx';
import { XMark } from '../ui/x-mark.tsx';
import { useFit } from '../ui/use-width.ts';
import { runCommand } from './commands.ts';

export function TitleBar() {
  const name = useApp((state) => state.workspace.name);
  const keys = shortcutsOf(useApp((state) => state.settings.shortcuts));
  const fit = useFit();
  return (
    <header className="title-bar">
      <IconButton label={t('command.paneQueue')} keys={keys['pane.queue']} onClick={() => runCommand('pane.queue')}><PanelLeft size={16} aria-hidden="true" /></IconButton>
      <h1 className="workspace-name">{name}</h1>
      <Accounts />
      <button type="button" className="search-button" onClick={() => setState({ dialog: { type: 'palette', text: '' } })} data-action="search.open">
        <Search size={14} aria-hidden="true" /><span className="search-word">{t('title.searchHint')}</span><Keys keys={keys['palette.open']} />
      </button>
      <span className="title-end">
        <ThemeMenu />
        <IconButton label={t('command.shortcuts')} keys={keys['help.shortcuts']} onClick={() => runCommand('help.shortcuts')}><CircleHelp size={16} aria-hidden="true" /></IconButton>
        <AgentMenu />
        <IconButton label={t('command.paneCustomer')} keys={keys['pane.customer']} onClick={() => runCommand('pane.customer')} className={fit === 'three' ? '' : 'is-wanted'}><PanelRight size={16} aria-hidden="true" /></IconButton>
      </span>
    </header>
  );
}

function Accounts() {
  const accounts = useApp((state) => state.accounts);
  return (
    <ul className="account-dots" aria-label={t('title.connections')}>
      {accounts.map((account) => <li key={account.id}><AccountDot account={account} /></li>)}
      <CallSourceDots />
    </ul>
  );
}

function AccountDot({ account }: { account: AccountRow }) {
  const zone = useApp((state) => state.settings.officeZone);
  const now = useMinute();
  const word = t(`account.state.${account.state}`);
  const retry = account.retryAt === null ? '' : ` · ${t('account.retry', { when: whenLabel(account.retryAt, now, zone) })}`;
  return (
    <Tip label={<span className="tip-lines"><strong>{account.address}</strong><span>{word}{retry}</span>{account.status !== '' && <span>{account.status}</span>}</span>}>
      <button type="button" className={`account-dot is-${account.state}`} onClick={() => setState({ dialog: { type: 'accounts' } })} aria-label={`${account.address}: ${word}`} data-account-state={account.state}>
        <span className="account-glyph">{account.channel === 'x' ? <XMark size={12} /> : account.channel === 'phone' ? <Phone size={13} aria-hidden="true" /> : <Mail size={13} aria-hidden="true" />}</span>
        <span className="dot" aria-hidden="true" />
      </button>
    </Tip>
  );
}

/** What tells of calls, where it is switched on. */
function CallSourceDots() {
  const { http, ami } = useApp((state) => state.callSources);
  return ([['http', http], ['ami', ami]] as const).map(([kind, { isOn, state, status }]) => {
    if (!isOn) return null;
    const name = t(`phone.${kind}`);
    const word = t(`phone.state.${state}`);
    return (
      <li key={kind}>
        <Tip label={<span className="tip-lines"><strong>{name}</strong><span>{word}</span>{status !== '' && <span>{status}</span>}</span>}>
          <button type="button" className={`account-dot is-${state}`} onClick={() => setState({ dialog: { type: 'settings', tab: 'phone' } })} aria-label={`${name}: ${word}`} data-call-source={kind}>
            <span className="account-glyph"><Phone size={13} aria-hidden="true" /></span>
            <span className="dot" aria-hidden="true" />
          </button>
        </Tip>
      </li>
    );
  });
}

function ThemeMenu() {
  const theme = useApp((state) => state.settings.theme);
  const icons = { system: <Monitor size={14} aria-hidden="true" />, light: <Sun size={14} aria-hidden="true" />, dark: <Moon size={14} aria-hidden="true" /> } as const;
  return (
    <DropMenu
      align="end" trigger={<button type="button" className="icon-button" aria-label={t('title.theme', { theme: t(`settings.theme.${theme}`) })} title={t('title.theme', { theme: t(`settings.theme.${theme}`) })}>{theme === 'dark' ? <Moon size={16} aria-hidden="true" /> : theme === 'light' ? <Sun size={16} aria-hidden="true" /> : <Monitor size={16} aria-hidden="true" />}</button>}
      entries={(['system', 'light', 'dark'] as const).map((other) => ({ id: `theme.${other}`, label: t(`settings.theme.${other}`), icon: icons[other], checked: other === theme, run: () => void saveSettings({ theme: other }) }))}
    />
  );
}

function AgentMenu() {
  const initials = useApp((state) => state.settings.agentInitials);
  const name = useApp((state) => state.settings.agentName);
  const keys = shortcutsOf(useApp((state) => state.settings.shortcuts));
  const isDemo = useApp((state) => state.workspace.isDemo);
  const entry = (id: string, icon: React.ReactNode, label: string, key?: string, separated = false) => ({ id, icon, label, separated, ...(key === undefined ? {} : { keys: key }), run: () => runCommand(id) });
  return (
    <DropMenu
      align="end" trigger={<button type="button" className="agent-button" aria-label={t('title.agent', { initials, name })} title={name}>{initials}</button>}
      entries={[
        entry('app.settings', <Settings size={14} aria-hidden="true" />, t('command.settings'), keys['app.settings']),
        entry('app.accounts', <Plug size={14} aria-hidden="true" />, t('command.accounts')),
        entry('app.import', <Import size={14} aria-hidden="true" />, t('command.import')),
        entry('window.open', <AppWindow size={14} aria-hidden="true" />, t('command.newWindow'), keys['window.open'], true),
        entry('app.agents', <Users size={14} aria-hidden="true" />, t('command.agents')),
        entry('help.shortcuts', <Keyboard size={14} aria-hidden="true" />, t('command.shortcuts'), keys['help.shortcuts']),
        isDemo ? entry('app.leaveDemo', <CircleUserRound size={14} aria-hidden="true" />, t('command.leaveDemo'), undefined, true) : entry('app.openDemo', <CircleUserRound size={14} aria-hidden="true" />, t('command.openDemo'), undefined, true),
      ]}
    />
  );
}
