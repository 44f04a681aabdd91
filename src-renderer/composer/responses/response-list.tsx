import { useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { Paperclip } from 'lucide-react';
import { t } from '../../locales/index.ts';
import { Chip } from '../../ui/bits.tsx';
import type { Responses } from './use-responses.ts';

export const RESPONSE_LIST = 'response-list';
export const responseId = (index: number): string => `response-${index}`;
const MARGIN = 8;

/** The list above the "/" it belongs to; the focus stays in the text. */
export function ResponseList({ responses, price }: { responses: Responses; price: string | null }) {
  const { at, source, hits, chosen, pick } = responses;
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (at === null || box.current === null) return;
    const { offsetWidth, offsetHeight, style } = box.current;
    const isAbove = at.top - offsetHeight - MARGIN >= MARGIN;
    style.left = `${Math.max(MARGIN, Math.min(at.x - 10, window.innerWidth - offsetWidth - MARGIN))}px`;
    style.top = `${isAbove ? at.top - offsetHeight - 4 : at.bottom + 4}px`;
  }, [at, hits]);
  if (at === null || source === null || hits.length === 0) return null;
  return createPortal(
    <div ref={box} id={RESPONSE_LIST} role="listbox" aria-label={t(`inline.list.${source}`)} className={`responses is-${source}`} data-test="responses" onMouseDown={(event) => event.preventDefault()}>
      {source === 'faq' && price !== null && <p className="responses-note">{price}</p>}
      {hits.map((hit, index) => (
        <div key={hit.id} id={responseId(index)} role="option" aria-selected={index === chosen} className="response" onClick={() => pick(hit)}>
          <span className="response-head">
            {hit.lead !== null && <span className="response-lead" aria-hidden="true">{hit.lead}</span>}
            <span className="response-title" dir="auto">{hit.title}</span>
            {hit.attachmentCount > 0 && <Paperclip size={11} aria-label={t('canned.withFiles', { count: hit.attachmentCount })} />}
            {hit.isSuggested && <Chip>{t('canned.suggested')}</Chip>}
            <span className="spacer" />
            {hit.language !== null && <span className="response-language">{hit.language}</span>}
            <span className="response-key">{hit.key}</span>
          </span>
          {hit.text !== '' && <span className="response-text" dir="auto">{hit.text.replace(/\s+/gu, ' ').replace(/\[\[([^[\]]+)\]\]/gu, '‹$1›')}</span>}
        </div>
      ))}
    </div>,
    // Inside the page's landmark, outside everything that cuts off or moves what is fixed.
    document.querySelector('main') ?? document.body,
  );
}
