import { t } from '../../locales/index.ts';
import { dollars } from '../counter.tsx';
import type { Thread } from './use-thread.ts';

const MAX = 280;

/** The posts as they will stand on X, each with its length and price. */
export function ThreadPreview({ thread }: { thread: Thread }) {
  if (!thread.isOn || thread.parts === null) return null;
  const total = thread.parts.reduce((usd, part) => usd + part.usd, 0);
  return (
    <section className="thread" aria-label={t('thread.title', { count: thread.parts.length })} data-test="thread">
      <div className="thread-head">
        <span className="thread-title">{t('thread.title', { count: thread.parts.length })}</span>
        <label className="check"><input type="checkbox" checked={thread.split === 'numbered'} onChange={(event) => thread.number(event.target.checked)} />{t('thread.number')}</label>
        <span className="spacer" />
        {total > 0 && <span className="thread-total">{t('thread.total', { price: dollars(total) })}</span>}
      </div>
      <ol className="thread-parts" tabIndex={0} aria-label={t('thread.parts')}>
        {thread.parts.map((part, index) => (
          <li key={index} className="thread-part" data-test="thread-part">
            <span className="thread-text" dir="auto">{part.text}</span>
            <span className="thread-figures">{part.weight}/{MAX}</span>
            <span className="thread-figures">{part.usd > 0 && dollars(part.usd)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
