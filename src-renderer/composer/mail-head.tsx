import { useState } from 'react';
import type { Capability } from '../../src-preload/contract/index.ts';
import { t } from '../locales/index.ts';
import { editDraft, type LocalDraft } from './local-drafts.ts';

export function MailHead({ conversationId, capability, draft }: { conversationId: string; capability: Capability | undefined; draft: LocalDraft | undefined }) {
  const [showCc, setShowCc] = useState(false);
  const cc = draft?.cc ?? '';
  return (
    <div className="mail-fields">
      <label className="mail-field"><span>{t('entry.head.to')}</span>
        <input value={draft?.to ?? capability?.to.join(', ') ?? ''} spellCheck={false} onChange={(event) => editDraft(conversationId, 'mail', { to: event.target.value })} />
        {!showCc && cc === '' && <button type="button" className="text-button is-quiet" onClick={() => setShowCc(true)}>{t('entry.head.cc')}</button>}
      </label>
      {(showCc || cc !== '') && (
        <label className="mail-field"><span>{t('entry.head.cc')}</span>
          <input value={cc} autoFocus={showCc} spellCheck={false} onChange={(event) => editDraft(conversationId, 'mail', { cc: event.target.value === '' ? null : event.target.value })} />
        </label>
      )}
      <label className="mail-field"><span>{t('entry.head.subject')}</span>
        <input dir="auto" value={draft?.subject ?? capability?.subject ?? ''} onChange={(event) => editDraft(conversationId, 'mail', { subject: event.target.value })} />
      </label>
    </div>
  );
}
