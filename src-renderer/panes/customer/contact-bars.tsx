import { t } from '../../locales/index.ts';
import { setState, useApp } from '../../state/store.ts';
import { KindGlyph } from '../../ui/glyph.tsx';

const kinds = ['post', 'dm', 'mail', 'call', 'note'] as const;

/** All contacts over all channels; each number opens what it counts. */
export function ContactBars({ customerId }: { customerId: string }) {
  const counts = useApp((state) => state.customers[customerId]?.counts);
  if (counts === undefined) return null;
  const most = Math.max(1, ...kinds.map((kind) => counts[kind]));
  const all = kinds.filter((kind) => kind !== 'note').reduce((sum, kind) => sum + counts[kind], 0);
  return (
    <section className="facts">
      <h3>{t('customer.contacts')} <button type="button" className="facts-total" onClick={() => setState({ dialog: { type: 'contacts', customerId, kind: null } })} disabled={all === 0} data-action="customer.contacts">{all}<span className="visually-hidden"> {t('customer.showContacts')}</span></button></h3>
      <ul className="bar-list">
        {kinds.filter((kind) => counts[kind] > 0).map((kind) => (
          <li key={kind}>
            <button type="button" className="bar-line" onClick={() => setState({ dialog: { type: 'contacts', customerId, kind } })}>
              <span className="identity-glyph"><KindGlyph kind={kind} /></span>
              <span className="bar-name">{t(`kinds.${kind}`)}</span>
              <span className="bar" aria-hidden="true"><span className={`bar-fill is-${kind}`} style={{ width: `${(counts[kind] / most) * 100}%` }} /></span>
              <span className="bar-count">{counts[kind]}</span><span className="visually-hidden">{t('customer.showContacts')}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
