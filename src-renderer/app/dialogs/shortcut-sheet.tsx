import { t } from '../../locales/index.ts';
import { useApp } from '../../state/store.ts';
import { shortcutsOf } from '../../state/shortcuts.ts';
import { Keys } from '../../ui/keys.tsx';
import { Modal } from '../../ui/modal.tsx';
import { setState } from '../../state/store.ts';
import { commands } from '../commands.ts';

const groups = ['conversation', 'write', 'go', 'window', 'setup'] as const;

export default function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const settings = useApp((state) => state.settings);
  const keys = shortcutsOf(settings.shortcuts);
  return (
    <Modal title={t('shortcuts.title')} description={settings.shortcutsOn ? t('shortcuts.lead') : t('shortcuts.off')} size="large" onClose={onClose}>
      <div className="sheet" tabIndex={0} role="group" aria-label={t('shortcuts.title')}>
        {groups.map((group) => {
          const rows = commands.filter((command) => command.group === group && command.key !== null && keys[command.key] !== '');
          return rows.length === 0 ? null : (
            <section key={group} className="sheet-group">
              <h3>{t(`command.group.${group}`)}</h3>
              <dl>{rows.map((command) => <div key={command.id} className="sheet-row"><dt>{command.title}</dt><dd>{command.key !== null && <><Keys keys={keys[command.key]} /><span className="visually-hidden">{keys[command.key]}</span></>}</dd></div>)}</dl>
            </section>
          );
        })}
        <section className="sheet-group">
          <h3>{t('shortcuts.inComposer')}</h3>
          <dl>
            <div className="sheet-row"><dt>{t('shortcuts.send')}</dt><dd><Keys keys="Mod+Enter" /></dd></div>
            <div className="sheet-row"><dt>{t('shortcuts.leave')}</dt><dd><Keys keys="Esc" /></dd></div>
            <div className="sheet-row"><dt>{t('shortcuts.outcome')}</dt><dd><Keys keys="Mod+1" /><span className="keys-then">…</span><Keys keys="Mod+6" /></dd></div>
          </dl>
        </section>
      </div>
      <footer className="modal-foot"><button type="button" className="text-button" onClick={() => setState({ dialog: { type: 'settings' } })}>{t('shortcuts.change')}</button></footer>
    </Modal>
  );
}
