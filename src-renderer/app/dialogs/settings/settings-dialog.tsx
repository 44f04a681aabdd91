import { useEffect, useRef, useState, type ComponentType, type KeyboardEvent } from 'react';
import { Tabs } from '@base-ui/react/tabs';
import { RotateCcw } from 'lucide-react';
import type { Settings } from '../../../../src-preload/contract/index.ts';
import { t } from '../../../locales/index.ts';
import type { SettingsTab } from '../../../state/model.ts';
import { saveSettings } from '../../../state/preferences.ts';
import { actionIds, chordOf, defaultShortcuts, keyLabels, shortcutsOf, type ActionId } from '../../../state/shortcuts.ts';
import { useApp } from '../../../state/store.ts';
import { without } from '../../../state/without.ts';
import { IconButton } from '../../../ui/button.tsx';
import { PickField, TextField } from '../../../ui/field.tsx';
import { isMac, Keys } from '../../../ui/keys.tsx';
import { Modal } from '../../../ui/modal.tsx';
import { commands } from '../../commands.ts';
import { FaqPage } from '../desk/faq-page.tsx';
import { FieldsPage } from '../desk/fields-page.tsx';
import { GuardsPage } from '../desk/guards-page.tsx';
import { HoursPage } from '../desk/hours-page.tsx';
import { LimitsPage } from '../desk/limits-page.tsx';
import { PlaybookPage } from '../desk/playbook-page.tsx';
import { TreePage } from '../desk/tree-page.tsx';
import { RulesPage } from '../desk/rules-page.tsx';
import { ListeningSettings } from './listening-settings.tsx';
import { PhonePage } from './phone-page.tsx';
import { QuietSettings } from './quiet-settings.tsx';
import { SetupPage } from '../setup/setup-page.tsx';
import { SignatureSettings } from './signature-settings.tsx';
import { ResponsesPage } from '../desk/responses-page.tsx';

const groups = [
  ['you', ['you', 'look', 'sending', 'keys']],
  ['answers', ['responses', 'faq', 'playbook', 'guards', 'limits']],
  ['desk', ['rules', 'hours', 'tree', 'fields', 'setup']],
  ['channels', ['listening', 'phone']],
] as const satisfies readonly (readonly [string, readonly SettingsTab[]])[];

const pages: Readonly<Record<SettingsTab, ComponentType>> = {
  you: You, look: Look, sending: Sending, keys: ShortcutTable, responses: ResponsesPage, faq: FaqPage, playbook: PlaybookPage, guards: GuardsPage, limits: LimitsPage,
  rules: RulesPage, hours: HoursPage, tree: TreePage, fields: FieldsPage, setup: SetupPage, listening: ListeningSettings, phone: PhonePage,
};

/** One size for all pages: a list that moved under the pointer would be hit in the wrong place. */
export default function SettingsDialog({ tab: first, onClose }: { tab: SettingsTab; onClose: () => void }) {
  return (
    <Modal title={t('command.settings')} size="settings" onClose={onClose}>
      <Tabs.Root defaultValue={first} orientation="vertical" className="settings">
        <Tabs.List className="settings-tabs">
          {groups.map(([group, tabs]) => (
            <div key={group} role="presentation" className="settings-group">
              <span className="settings-group-name" aria-hidden="true">{t(`settings.group.${group}`)}</span>
              {tabs.map((tab) => <Tabs.Tab key={tab} value={tab} className="settings-tab">{t(`settings.tab.${tab}`)}</Tabs.Tab>)}
            </div>
          ))}
        </Tabs.List>
        {groups.flatMap(([, tabs]) => tabs).map((tab) => {
          const Page = pages[tab];
          return <Tabs.Panel key={tab} value={tab} className="settings-panel"><Page /></Tabs.Panel>;
        })}
      </Tabs.Root>
    </Modal>
  );
}

/** A setting that is saved when its field is left, so that no half-typed name is kept. */
function Kept({ label, value, hint, isValid = () => true, save }: { label: string; value: string; hint?: string; isValid?: (text: string) => boolean; save: (text: string) => void }) {
  const [text, setText] = useState<string | null>(null);
  const shown = text ?? value;
  const bad = text !== null && !isValid(text);
  const left = useRef((): void => {});
  // Escape takes the dialog away without a blur.
  useEffect(() => { left.current = () => { if (text !== null && !bad && text !== value) save(text.trim()); }; });
  useEffect(() => () => left.current(), []);
  return <TextField label={label} value={shown} onText={setText} error={bad ? t('settings.bad') : null} {...(hint === undefined ? {} : { hint })} onBlur={() => { if (text !== null && !bad && text !== value) save(text.trim()); if (!bad) setText(null); }} />;
}

function You() {
  const settings = useApp((state) => state.settings);
  const zones = Intl.supportedValuesOf('timeZone');
  const zoneOptions = (zones.includes(settings.officeZone) ? zones : [settings.officeZone, ...zones]).map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));
  return (
    <div className="modal-form">
      <div className="field-row">
        <Kept label={t('settings.agentName')} value={settings.agentName} isValid={(text) => text.trim() !== '' && text.length <= 80} save={(agentName) => void saveSettings({ agentName })} />
        <Kept label={t('settings.agentInitials')} value={settings.agentInitials} hint={t('settings.initialsHint')} isValid={(text) => text.trim() !== '' && text.trim().length <= 4} save={(agentInitials) => void saveSettings({ agentInitials })} />
      </div>
      <PickField label={t('settings.officeZone')} value={settings.officeZone} options={zoneOptions} onPick={(officeZone) => void saveSettings({ officeZone })} />
      <Kept label={t('settings.region')} value={settings.defaultRegion} hint={t('settings.regionHint')} isValid={(text) => /^[A-Za-z]{2}$/u.test(text.trim())} save={(text) => void saveSettings({ defaultRegion: text.toUpperCase() })} />
    </div>
  );
}

function Look() {
  const settings = useApp((state) => state.settings);
  return (
    <div className="modal-form">
      <PickField label={t('settings.themeLabel')} value={settings.theme} options={(['system', 'light', 'dark'] as const).map((value) => ({ value, label: t(`settings.theme.${value}`) }))} onPick={(theme) => void saveSettings({ theme })} />
      <PickField label={t('settings.densityLabel')} value={settings.density} options={(['comfortable', 'compact'] as const).map((value) => ({ value, label: t(`settings.density.${value}`) }))} onPick={(density) => void saveSettings({ density })} />
    </div>
  );
}

function Sending() {
  const settings = useApp((state) => state.settings);
  const seconds = (key: keyof Settings['undoSeconds']) => (
    <Kept label={t(`settings.undo.${key}`)} value={String(settings.undoSeconds[key])} isValid={(text) => /^\d{1,3}$/u.test(text.trim()) && Number(text) <= 120} save={(text) => void saveSettings({ undoSeconds: { ...settings.undoSeconds, [key]: Number(text) } })} />
  );
  return (
    <div className="modal-form">
      <p className="hint">{t('settings.undoHint')}</p>
      <div className="field-row is-three">{seconds('mail')}{seconds('reply')}{seconds('dm')}</div>
      <label className="check"><input type="checkbox" checked={settings.appendInitials} onChange={(event) => void saveSettings({ appendInitials: event.target.checked })} />{t('settings.appendInitials', { initials: settings.agentInitials })}</label>
      <label className="check"><input type="checkbox" checked={settings.spellCheck} onChange={(event) => void saveSettings({ spellCheck: event.target.checked })} />{t('settings.spellCheck')}</label>
      <label className="check"><input type="checkbox" checked={settings.desktopNotices} onChange={(event) => void saveSettings({ desktopNotices: event.target.checked })} />{t('settings.desktopNotices')}</label>
      {settings.desktopNotices && <QuietSettings />}
      <label className="check"><input type="checkbox" checked={settings.showSuggestions} onChange={(event) => void saveSettings({ showSuggestions: event.target.checked })} />{t('settings.showSuggestions')}</label>
      <p className="hint">{t('settings.privateLines')}</p>
      <div className="field-row is-three">{(['dm', 'mail', 'call'] as const).map((way) => <Kept key={way} label={t(`settings.privateLine.${way}`)} value={settings.privateLines[way]} isValid={(text) => text.trim() !== '' && text.length <= 280} save={(text) => void saveSettings({ privateLines: { ...settings.privateLines, [way]: text } })} />)}</div>
      <SignatureSettings />
    </div>
  );
}

const titleOf = (action: ActionId): string => commands.find((command) => command.key === action)?.title ?? action;

function ShortcutTable() {
  const settings = useApp((state) => state.settings);
  const keys = shortcutsOf(settings.shortcuts);
  const [editing, setEditing] = useState<ActionId | null>(null);
  const set = (action: ActionId, value: string): void => {
    const others = without(settings.shortcuts, action);
    void saveSettings({ shortcuts: value === defaultShortcuts[action] ? others : { ...others, [action]: value } });
    setEditing(null);
  };
  const onKey = (action: ActionId) => (event: KeyboardEvent): void => {
    if (event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') setEditing(null);
    else if (event.key === 'Backspace' || event.key === 'Delete') set(action, '');
    else {
      const chord = chordOf({ key: event.key, ctrlKey: event.ctrlKey, metaKey: event.metaKey, altKey: event.altKey, shiftKey: event.shiftKey, isComposing: event.nativeEvent.isComposing, keyCode: event.keyCode, isTyping: false, altGraph: event.getModifierState('AltGraph') }, isMac);
      if (chord !== null) set(action, chord);
    }
  };
  return (
    <div className="modal-form">
      <label className="check"><input type="checkbox" checked={settings.shortcutsOn} onChange={(event) => void saveSettings({ shortcutsOn: event.target.checked })} />{t('settings.shortcutsOn')}</label>
      <p className="hint">{t('settings.keysHint')}</p>
      <ul className="key-table">
        {actionIds.map((action) => {
          const twin = actionIds.find((other) => other !== action && keys[other] === keys[action] && keys[action] !== '');
          return (
            <li key={action} className="key-row" data-shortcut={action}>
              <span>{titleOf(action)}</span>
              {twin !== undefined && <span className="key-twin">{t('settings.sameAs', { other: titleOf(twin) })}</span>}
              <span className="spacer" />
              <button type="button" className={`key-button${editing === action ? ' is-editing' : ''}`} aria-label={t('settings.changeKey', { action: titleOf(action), keys: keys[action] === '' ? t('settings.noKey') : keyLabels(keys[action], isMac).join(' ') })} onClick={() => setEditing(action)} onBlur={() => setEditing(null)} {...(editing === action ? { onKeyDown: onKey(action) } : {})}>
                {editing === action ? t('settings.pressKey') : keys[action] === '' ? t('settings.noKey') : <Keys keys={keys[action]} />}
              </button>
              {keys[action] !== defaultShortcuts[action] ? <IconButton label={t('settings.resetKey')} className="is-tiny" onClick={() => set(action, defaultShortcuts[action])}><RotateCcw size={13} aria-hidden="true" /></IconButton> : <span className="icon-space" />}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
