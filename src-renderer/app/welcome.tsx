import { ArrowRight, FlaskConical, Import, Mail } from 'lucide-react';
import type { ReactNode } from 'react';
import { call } from '../bridge.ts';
import { t } from '../locales/index.ts';
import { setState } from '../state/store.ts';
import { XMark } from '../ui/x-mark.tsx';

export default function Welcome() {
  return (
    <main className="welcome" data-test="welcome">
      <div className="welcome-box">
        <p className="welcome-mark">Parley</p>
        <h1>{t('welcome.title')}</h1>
        <p className="welcome-lead">{t('welcome.lead')}</p>
        <ul className="welcome-choices">
          <Choice id="app.openDemo" icon={<FlaskConical size={18} aria-hidden="true" />} title={t('welcome.demo')} text={t('welcome.demoText')} onClick={() => void call('app.openDemo', {})} />
          <Choice id="app.connectMailbox" icon={<Mail size={18} aria-hidden="true" />} title={t('welcome.mailbox')} text={t('welcome.mailboxText')} onClick={() => setState({ dialog: { type: 'mailbox' } })} />
          <Choice id="app.connectX" icon={<XMark size={16} />} title={t('welcome.x')} text={t('welcome.xText')} onClick={() => setState({ dialog: { type: 'x' } })} />
          <Choice id="app.import" icon={<Import size={18} aria-hidden="true" />} title={t('welcome.import')} text={t('welcome.importText')} onClick={() => setState({ dialog: { type: 'import' } })} />
        </ul>
        <button type="button" className="text-button is-quiet" onClick={() => setState({ welcomeDismissed: true })}>{t('welcome.skip')}</button>
      </div>
    </main>
  );
}

function Choice({ id, icon, title, text, onClick }: { id: string; icon: ReactNode; title: string; text: string; onClick: () => void }) {
  return (
    <li>
      <button type="button" className="welcome-choice" onClick={onClick} data-action={id}>
        <span className="welcome-icon">{icon}</span>
        <span className="welcome-words"><span className="welcome-name">{title}</span><span className="welcome-text">{text}</span></span>
        <ArrowRight size={16} aria-hidden="true" />
      </button>
    </li>
  );
}
