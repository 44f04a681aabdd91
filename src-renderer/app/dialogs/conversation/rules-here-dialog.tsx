import { useEffect, useState } from 'react';
import type { RuleLogEntry } from '../../../../src-preload/contract/index.ts';
import { call } from '../../../bridge.ts';
import { t } from '../../../locales/index.ts';
import { useApp } from '../../../state/store.ts';
import { Button } from '../../../ui/button.tsx';
import { Modal } from '../../../ui/modal.tsx';
import { didWords } from '../desk/rules-page.tsx';

/** What rules did to this conversation, each to be taken back when it was wrong. */
export default function RulesHereDialog({ conversationId, onClose }: { conversationId: string; onClose: () => void }) {
  const name = useApp((state) => state.conversations[conversationId]?.customerName ?? '');
  const [entries, setEntries] = useState<readonly RuleLogEntry[] | null>(null);
  useEffect(() => void call('rule.here', { conversationId }).then((answer) => setEntries(answer?.entries ?? [])), [conversationId]);
  const takeBack = async (logId: number): Promise<void> => {
    if ((await call('rule.correct', { logId })) !== null) setEntries((now) => (now ?? []).filter((entry) => entry.id !== logId));
  };
  return (
    <Modal title={t('rules.here', { name })} description={t('rules.hereLead')} onClose={onClose}>
      {entries?.length === 0 && <p className="hint modal-form">{t('rules.nothingHere')}</p>}
      <ul className="outbox-list">
        {entries?.map((entry) => (
          <li key={entry.id} className="outbox-line"><span className="outbox-open"><span className="outbox-name">{entry.ruleName}</span><span className="outbox-excerpt">{didWords(entry.did)}</span></span>
            <span className="outbox-buttons"><Button small onClick={() => void takeBack(entry.id)}>{t('rules.takeBack')}</Button></span></li>
        ))}
      </ul>
    </Modal>
  );
}
