import { useEffect, useState } from 'react';
import type { Entry, EntryKind } from '../../../../src-preload/contract/index.ts';
import { call } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { openConversation } from '../../../state/actions/conversation-actions.ts';
import { useApp } from '../../../state/store.ts';
import { whenLabel } from '../../../state/words/time.ts';
import { Button } from '../../../ui/button.tsx';
import { KindGlyph } from '../../../ui/glyph.tsx';
import { Modal } from '../../../ui/modal.tsx';

const PAGE = 50;

/** The contacts behind a number of the customer panel. */
export default function ContactsDialog({ customerId, kind, onClose }: { customerId: string; kind: EntryKind | null; onClose: () => void }) {
  const name = useApp((state) => state.customers[customerId]?.name ?? '');
  const zone = useApp((state) => state.settings.officeZone);
  const [now] = useState(() => Date.now());
  const [entries, setEntries] = useState<readonly Entry[]>([]);
  const [hasOlder, setHasOlder] = useState(false);
  const load = async (before: number | null): Promise<void> => {
    const page = await call('customer.entries', { customerId, kind, before, limit: PAGE });
    if (page === null) return;
    setEntries((old) => [...(before === null ? [] : old), ...page.entries.toSorted((a, b) => b.id - a.id)]);
    setHasOlder(page.hasOlder);
  };
  useEffect(() => void load(null),
    // A dialog shows one list; its props never change while it is open.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    []);
  return (
    <Modal title={t('customer.contactsOf', { kind: kind === null ? t('customer.allContacts') : kind === 'system' ? t('kind.system') : t(`kinds.${kind}`), name })} onClose={onClose}>
      <ul className="contact-list">
        {entries.map((entry) => (
          <li key={entry.id}>
            <button type="button" className="contact" onClick={() => { onClose(); void openConversation(entry.conversationId, entry.id); }}>
              <span className="identity-glyph"><KindGlyph kind={entry.kind} /></span>
              <span className="contact-words"><span className="contact-who"><bdi>{entry.author}</bdi>{entry.subject !== null && <span className="contact-subject" dir="auto">{entry.subject}</span>}</span><span className="contact-text" dir="auto">{entry.isDeleted ? t('entry.deleted') : entry.text}</span></span>
              <time>{whenLabel(entry.at, now, zone)}</time>
            </button>
          </li>
        ))}
      </ul>
      {hasOlder && <footer className="modal-foot is-start"><Button small onClick={() => void load(entries.at(-1)?.id ?? null)}>{t('customer.older')}</Button></footer>}
    </Modal>
  );
}
