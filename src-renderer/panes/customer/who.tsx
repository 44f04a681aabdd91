import { useEffect, useState } from 'react';
import { Ellipsis, Eraser, FileDown, GitMerge, UserRoundPlus, Undo2 } from 'lucide-react';
import type { Suggestion } from '../../../src-preload/contract/index.ts';
import { ask, call } from '../../bridge.ts';
import { t } from '../../locales/index.ts';
import { undoMerge } from '../../state/actions/customer-actions.ts';
import { setState, useApp } from '../../state/store.ts';
import { fullTime, whenLabel } from '../../state/words/time.ts';
import { useMinute } from '../../state/ticker.ts';
import { speak, toast } from '../../state/toasts.ts';
import { Button } from '../../ui/button.tsx';
import { DropMenu } from '../../ui/menu.tsx';

export function CustomerMenu({ customerId }: { customerId: string }) {
  return (
    <DropMenu
      align="end"
      trigger={<button type="button" className="icon-button" aria-label={t('customer.menu')} title={t('customer.menu')} data-action="customer.menu"><Ellipsis size={16} aria-hidden="true" /></button>}
      entries={[
        { id: 'customer.merge', label: t('merge.open'), icon: <GitMerge size={14} aria-hidden="true" />, run: () => setState({ dialog: { type: 'merge', customerId, otherId: null } }) },
        { id: 'customer.link', label: t('link.open'), icon: <UserRoundPlus size={14} aria-hidden="true" />, run: () => setState({ dialog: { type: 'link', customerId } }) },
        { id: 'customer.export', label: t('rights.export'), icon: <FileDown size={14} aria-hidden="true" />, separated: true, run: () => setState({ dialog: { type: 'rights', customerId } }) },
        { id: 'customer.erase', label: t('rights.erase'), icon: <Eraser size={14} aria-hidden="true" />, run: () => setState({ dialog: { type: 'erase', customerId } }) },
      ]}
    />
  );
}

/** Who was merged in: each can be taken out again, whenever. */
export function Merges({ customerId }: { customerId: string }) {
  const merges = useApp((state) => state.customers[customerId]?.merges);
  const zone = useApp((state) => state.settings.officeZone);
  const now = useMinute();
  if (merges === undefined || merges.length === 0) return null;
  return (
    <section className="facts">
      <h3>{t('merge.list')}</h3>
      <ul>
        {merges.map((merge) => (
          <li key={merge.id} className="merge-line">
            <GitMerge size={13} aria-hidden="true" />
            <span className="merge-words" title={fullTime(merge.at, zone)}><bdi>{merge.name}</bdi><span className="merge-when">{merge.by}, {whenLabel(merge.at, now, zone)}{merge.reason === '' ? '' : ` · ${merge.reason}`}</span></span>
            <Button small tone="quiet" onClick={() => void undoMerge(merge.id)} aria-label={t('merge.undoLabel', { name: merge.name })} data-action="customer.unmerge"><Undo2 size={13} aria-hidden="true" />{t('common.undo')}</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Identities that may be this customer's. Y takes one, N says it is somebody else's and is not asked again. */
export function Suggestions({ customerId }: { customerId: string }) {
  const known = useApp((state) => state.customers[customerId]?.identities);
  const mails = useApp((state) => state.customers[customerId]?.counts.mail ?? 0);
  const [offered, setOffered] = useState<readonly Suggestion[]>([]);
  useEffect(() => {
    let isOld = false;
    void ask('customer.suggest', { customerId }).then((answer) => { if (!isOld) setOffered(answer.ok ? answer.value.suggestions : []); });
    return () => { isOld = true; };
  }, [customerId, known, mails]);
  const drop = (gone: Suggestion): void => setOffered((old) => old.filter((other) => other !== gone));
  const confirm = async (suggestion: Suggestion): Promise<void> => {
    if (suggestion.ownerId !== null) return setState({ dialog: { type: 'merge', customerId, otherId: suggestion.ownerId } });
    if ((await call('customer.link', { customerId, kind: suggestion.kind, text: suggestion.display, basis: 'own_signature' })) === null) return;
    drop(suggestion);
    speak(t('suggest.linked', { display: suggestion.display }));
  };
  const deny = async (suggestion: Suggestion): Promise<void> => {
    if ((await call('customer.deny', { customerId, kind: suggestion.kind, value: suggestion.value })) === null) return;
    drop(suggestion);
    toast(t('suggest.denied', { display: suggestion.display }));
  };
  if (offered.length === 0) return null;
  return (
    <section className="facts suggest" aria-label={t('suggest.title')}>
      <h3>{t('suggest.title')}</h3>
      <ul>
        {offered.map((suggestion) => (
          <li key={`${suggestion.kind} ${suggestion.value}`} className="suggest-line" onKeyDown={(event) => {
            const key = event.key.toLowerCase();
            if (event.ctrlKey || event.metaKey || event.altKey || (key !== 'y' && key !== 'n')) return;
            event.preventDefault();
            event.stopPropagation();
            void (key === 'y' ? confirm(suggestion) : deny(suggestion));
          }}>
            <span className="suggest-words"><bdi className="suggest-display">{suggestion.display}</bdi><span className="suggest-why">{suggestion.ownerName === null ? t(`suggest.reason.${suggestion.reason}`) : t('suggest.owner', { reason: t(`suggest.reason.${suggestion.reason}`), name: suggestion.ownerName })}</span></span>
            <span className="suggest-buttons">
              <Button small onClick={() => void confirm(suggestion)} aria-label={t('suggest.yesLabel', { display: suggestion.display })} aria-keyshortcuts="y" data-action="suggest.yes">{suggestion.ownerId === null ? t('suggest.yes') : t('suggest.merge')}<kbd aria-hidden="true">Y</kbd></Button>
              <Button small tone="quiet" onClick={() => void deny(suggestion)} aria-label={t('suggest.noLabel', { display: suggestion.display })} aria-keyshortcuts="n" data-action="suggest.no">{t('suggest.no')}<kbd aria-hidden="true">N</kbd></Button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
