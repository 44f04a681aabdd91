import { t } from '../../../locales/index.ts';
import { shortcutsOf, type ActionId } from '../../../state/shortcuts.ts';
import { setState, useApp } from '../../../state/store.ts';
import { Keys } from '../../../ui/keys.tsx';
import { Modal } from '../../../ui/modal.tsx';
import { commands } from '../../commands.ts';

const before = ['conversation', 'write'] as const;
const after = ['window', 'setup', 'go'] as const;

export default function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const settings = useApp((state) => state.settings);
  const keys = shortcutsOf(settings.shortcuts);
  return (
    <Modal title={t('shortcuts.title')} description={settings.shortcutsOn ? t('shortcuts.lead') : t('shortcuts.off')} size="large" onClose={onClose}>
      <div className="shortcuts-page" tabIndex={0} role="group" aria-label={t('shortcuts.title')}><div className="shortcuts">
        {before.map((group) => <Group key={group} group={group} keys={keys} />)}
        <section className="shortcuts-group">
          <h3>{t('shortcuts.inComposer')}</h3>
          <dl>
            <div className="shortcuts-row"><dt>{t('shortcuts.send')}</dt><dd><Keys keys="Mod+Enter" /></dd></div>
            <div className="shortcuts-row"><dt>{t('shortcuts.bold')}</dt><dd><Keys keys="Mod+B" /></dd></div>
            <div className="shortcuts-row"><dt>{t('shortcuts.link')}</dt><dd><Keys keys="Mod+Shift+K" /></dd></div>
            <div className="shortcuts-row"><dt>{t('shortcuts.leave')}</dt><dd><Keys keys="Esc" /></dd></div>
            <div className="shortcuts-row"><dt>{t('shortcuts.spell')}</dt><dd><Keys keys="F7" /></dd></div>
            <div className="shortcuts-row"><dt>{t('shortcuts.outcome')}</dt><dd><Keys keys="Mod+1" /><span className="keys-then">…</span><Keys keys="Mod+6" /></dd></div>
          </dl>
        </section>
        {after.map((group) => <Group key={group} group={group} keys={keys} />)}
      </div></div>
      <footer className="modal-foot"><button type="button" className="text-button" onClick={() => setState({ dialog: { type: 'settings', tab: 'keys' } })}>{t('shortcuts.change')}</button></footer>
    </Modal>
  );
}

function Group({ group, keys }: { group: (typeof before | typeof after)[number]; keys: Readonly<Record<ActionId, string>> }) {
  const rows = commands.flatMap((command) => (command.group === group && command.key !== null && keys[command.key] !== '' ? [{ title: command.title, keys: keys[command.key] }] : []));
  if (rows.length === 0) return null;
  return (
    <section className="shortcuts-group">
      <h3>{t(`command.group.${group}`)}</h3>
      <dl>{rows.map((row) => <div key={row.keys} className="shortcuts-row"><dt>{row.title}</dt><dd><Keys keys={row.keys} /><span className="visually-hidden">{row.keys}</span></dd></div>)}</dl>
    </section>
  );
}
