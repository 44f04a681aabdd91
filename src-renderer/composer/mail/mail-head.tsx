import { useState } from 'react';
import type { Capability } from '../../../src-preload/contract/index.ts';
import { ReplyAll } from 'lucide-react';
import { t } from '../../locales/index.ts';
import { shortcutsOf } from '../../state/shortcuts.ts';
import { useApp } from '../../state/store.ts';
import { Tip } from '../../ui/button.tsx';
import { editDraft, type LocalDraft } from '../drafts/local-drafts.ts';
import { answerAll, recipientsOf } from './reply-all.ts';

export function MailHead({ conversationId, capability, draft }: { conversationId: string; capability: Capability | undefined; draft: LocalDraft | undefined }) {
  const [showCc, setShowCc] = useState(false);
  const keys = shortcutsOf(useApp((state) => state.settings.shortcuts));
  const [showBcc, setShowBcc] = useState(false);
  const cc = draft?.cc ?? '';
  const bcc = draft?.bcc ?? '';
  const all = capability?.replyAll ?? null;
  const present = new Set(recipientsOf(draft?.to, cc, '', capability?.to ?? []).map((address) => address.toLowerCase()));
  const leavesOut = all !== null && [...all.to, ...all.cc].some((address) => !present.has(address.toLowerCase()));
  return (
    <div className="mail-fields">
      <label className="mail-field"><span>{t('entry.head.to')}</span>
        <input aria-label={t('entry.head.to')} value={draft?.to ?? capability?.to.join(', ') ?? ''} spellCheck={false} onChange={(event) => editDraft(conversationId, 'mail', { to: event.target.value })} />
        {leavesOut && all !== null && (
          <Tip label={t('composer.replyAllHint', { who: [...all.to, ...all.cc].join(', ') })} keys={keys['compose.replyAll']}>
            <button type="button" className="text-button" data-action="compose.replyAll" onClick={() => answerAll(conversationId)}><ReplyAll size={13} aria-hidden="true" />{t('composer.replyAll')}</button>
          </Tip>
        )}
        {!showCc && cc === '' && <button type="button" className="text-button is-quiet" onClick={() => setShowCc(true)}>{t('entry.head.cc')}</button>}
        {!showBcc && bcc === '' && <button type="button" className="text-button is-quiet" onClick={() => setShowBcc(true)}>{t('entry.head.bcc')}</button>}
      </label>
      {(showCc || cc !== '') && (
        <label className="mail-field"><span>{t('entry.head.cc')}</span>
          <input aria-label={t('entry.head.cc')} value={cc} autoFocus={showCc} spellCheck={false} onChange={(event) => editDraft(conversationId, 'mail', { cc: event.target.value === '' ? null : event.target.value })} />
        </label>
      )}
      {(showBcc || bcc !== '') && (
        <label className="mail-field" title={t('composer.bccHint')}><span>{t('entry.head.bcc')}</span>
          <input aria-label={t('entry.head.bcc')} value={bcc} autoFocus={showBcc} spellCheck={false} onChange={(event) => editDraft(conversationId, 'mail', { bcc: event.target.value === '' ? null : event.target.value })} />
        </label>
      )}
      <label className="mail-field"><span>{t('entry.head.subject')}</span>
        <input dir="auto" value={draft?.subject ?? capability?.subject ?? ''} onChange={(event) => editDraft(conversationId, 'mail', { subject: event.target.value })} />
      </label>
    </div>
  );
}
