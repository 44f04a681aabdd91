import { memo, useDeferredValue } from 'react';
import { t } from '../locales/index.ts';
import { countWords, hasLink, readingMs } from '../state/words/reading.ts';
import { span } from '../state/words/time.ts';
import type { Capability } from '../../src-preload/contract/index.ts';

export const dollars = (value: number): string => `$${value.toFixed(3).replace(/0$/u, '')}`;

interface CounterProps {
  readonly text: string;
  readonly weighted: number | null;
  readonly capability: Capability | undefined;
  /** Pictures without a description. */
  readonly undescribed: number;
}

/** How long it is for the reader, how much of the limit is left, and what it costs. A long text is counted after the letter is on screen. */
export function Counter({ text, ...rest }: CounterProps) {
  return <Counted text={useDeferredValue(text)} {...rest} />;
}

const Counted = memo(function Counted({ text, weighted, capability, undescribed }: CounterProps) {
  const words = countWords(text);
  const max = capability?.maxWeighted ?? null;
  const left = max === null || weighted === null ? null : max - weighted;
  const price = capability?.price ?? null;
  const linked = price !== null && hasLink(text);
  const maxRead = capability?.maxReadSeconds ?? null;
  const isLong = maxRead !== null && readingMs(words) > maxRead * 1000;
  return (
    <div className="counter" data-test="counter">
      {left !== null && (
        <span className={left < 0 ? 'is-bad' : left < 20 ? 'is-warn' : ''} title={t('composer.weighted')}>
          {left < 0 ? t('composer.over', { count: -left }) : `${weighted ?? 0}/${max ?? 0}`}
        </span>
      )}
      {words > 0 && (
        <span className={isLong ? 'is-bad' : ''} data-test="reading" title={maxRead === null ? t('composer.readingTime') : t('composer.readingLimit', { span: span(maxRead * 1000) })}>
          {t('composer.words', { count: words, span: span(readingMs(words)) })}{isLong && ` · ${t('composer.readingOver', { span: span(maxRead * 1000) })}`}
        </span>
      )}
      {undescribed > 0 && <span className="is-warn" data-test="undescribed">{t('composer.undescribed', { count: undescribed })}</span>}
      {price !== null && <span className={linked ? 'is-warn' : ''} title={t('composer.priceHint', { plain: dollars(price.plain), link: dollars(price.withLink) })}>{linked ? t('composer.priceLink', { price: dollars(price.withLink) }) : t('composer.price', { price: dollars(price.plain) })}</span>}
    </div>
  );
});
