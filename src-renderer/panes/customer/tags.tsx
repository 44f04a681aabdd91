import { useState } from 'react';
import { X } from 'lucide-react';
import { call } from '../../bridge.ts';
import { t } from '../../locales/index.ts';
import { useApp } from '../../state/store.ts';

const none: readonly string[] = [];

export function Tags({ customerId }: { customerId: string }) {
  const tags = useApp((state) => state.customers[customerId]?.tags ?? none);
  const [text, setText] = useState('');
  const set = (next: readonly string[]): void => void call('customer.update', { customerId, tags: [...next] });
  const add = (): void => {
    const tag = text.trim();
    setText('');
    if (tag !== '' && !tags.includes(tag)) set([...tags, tag]);
  };
  return (
    <section className="facts">
      <h3>{t('customer.tags')}</h3>
      <div className="tag-line">
        {tags.map((tag) => (
          <span key={tag} className="tag"><bdi>{tag}</bdi><button type="button" aria-label={t('customer.removeTag', { tag })} onClick={() => set(tags.filter((other) => other !== tag))}><X size={11} aria-hidden="true" /></button></span>
        ))}
        <input
          className="tag-input" dir="auto" value={text} placeholder={t('customer.addTag')} aria-label={t('customer.addTag')} onChange={(event) => setText(event.target.value)} onBlur={add}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === 'Enter' || event.key === ',') { event.preventDefault(); add(); }
            if (event.key === 'Backspace' && text === '' && tags.length > 0) set(tags.slice(0, -1));
          }}
        />
      </div>
    </section>
  );
}
