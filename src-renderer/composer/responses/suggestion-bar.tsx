import { BookOpen, History, Megaphone, MessageSquareText } from 'lucide-react';
import type { ComposerMode, SuggestionHit } from '../../../src-preload/contract/index.ts';
import { t } from '../../locales/index.ts';
import { shortcutsOf, type ActionId } from '../../state/shortcuts.ts';
import { useApp } from '../../state/store.ts';
import { Tip } from '../../ui/button.tsx';
import { focusAfterStep } from '../../ui/focus-step.ts';
import { Keys } from '../../ui/keys.tsx';
import { DropMenu } from '../../ui/menu.tsx';
import { answerInPublic, takeSuggestion, useSuggestions } from './suggestions.ts';

const icon = { canned: MessageSquareText, answer: History, faq: BookOpen };
const actions = ['suggest.first', 'suggest.second', 'suggest.third'] as const satisfies readonly ActionId[];

const oneLine = (text: string): string => text.replace(/\s+/gu, ' ').replace(/\[\[([^[\]]+)\]\]/gu, '‹$1›');
const why = (hit: SuggestionHit): string =>
  (hit.type === 'faq' ? t(hit.inPublic ? 'suggestion.faqPublic' : 'suggestion.faq') : hit.times === 0 ? t('suggestion.fits') : t('suggestion.times', { count: hit.times }));

/** The menu gives the focus back first; what comes next is typed into the text. */
const afterMenu = (index: number): void => void focusAfterStep(() => void takeSuggestion(index));

/** The same as a menu over the composer, where a row of its own would take the text's place. */
export function SuggestionMenu({ conversationId, mode }: { conversationId: string; mode: ComposerMode }) {
  const hits = useSuggestions(conversationId, mode);
  const keys = shortcutsOf(useApp((state) => state.settings.shortcuts));
  if (hits.length === 0) return null;
  return (
    <DropMenu
      side="top" align="end"
      trigger={<button type="button" className="text-button suggestion-fold" data-action="suggestions.fold"><MessageSquareText size={13} aria-hidden="true" />{t('suggestion.count', { count: hits.length })}</button>}
      entries={hits.map((hit, index) => {
        const Icon = icon[hit.type];
        const action = actions[index];
        const words = hit.type === 'answer' ? oneLine(hit.text) : hit.title;
        return { id: `suggestion.${index + 1}`, label: `${words.length > 60 ? `${words.slice(0, 60)}…` : words} · ${why(hit)}`, icon: <Icon size={14} aria-hidden="true" />, ...(action === undefined ? {} : { keys: keys[action] }), run: () => afterMenu(index) };
      })}
    />
  );
}

/** What could be answered, at most three, beside the text and never in it by itself. */
export function SuggestionBar({ conversationId, mode }: { conversationId: string; mode: ComposerMode }) {
  const hits = useSuggestions(conversationId, mode);
  const keys = shortcutsOf(useApp((state) => state.settings.shortcuts));
  const canReply = useApp((state) => state.timelines[conversationId]?.capabilities.some((other) => other.mode === 'reply' && other.available) === true);
  if (hits.length === 0) return null;
  const inPublic = mode !== 'reply' && canReply && hits.some((hit) => hit.type === 'faq' && hit.inPublic);
  return (
    <div className="suggestions" role="group" aria-label={t('suggestion.name')} data-test="suggestions">
      {hits.map((hit, index) => {
        const Icon = icon[hit.type];
        const action = actions[index];
        return (
          <Tip key={hit.type === 'canned' ? hit.cannedId : hit.type === 'faq' ? hit.faqId : hit.messageId} side="top" label={<span className="suggestion-whole" dir="auto">{hit.text.slice(0, 600)}</span>}>
            <button type="button" className="suggestion" data-suggestion={hit.type} onClick={() => void takeSuggestion(index)}>
              <Icon size={14} aria-hidden="true" />
              <span className="suggestion-words">
                <span className="suggestion-title" dir="auto">{hit.type === 'answer' ? oneLine(hit.text) : hit.title}</span>
                <span className="suggestion-why">{why(hit)}</span>
              </span>
              {action !== undefined && <Keys keys={keys[action]} />}
            </button>
          </Tip>
        );
      })}
      {inPublic && <button type="button" className="text-button suggestion-public" onClick={() => answerInPublic(conversationId)}><Megaphone size={12} aria-hidden="true" /> {t('suggestion.inPublic')}</button>}
    </div>
  );
}
