import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import type { Output } from '../../../src-preload/contract/index.ts';
import { ask } from '../../bridge.ts';
import { t } from '../../locales/index.ts';
import { openConversation } from '../../state/actions/conversation-actions.ts';
import { shortcutsOf } from '../../state/shortcuts.ts';
import { getState, setState, useApp } from '../../state/store.ts';
import { Keys } from '../../ui/keys.tsx';
import { useDelayed } from '../../ui/use-delayed.ts';
import { commandGroups, commands } from '../commands.ts';
import { focusPane } from '../pane-focus.ts';
import { matches } from './matches.ts';
import { SearchHit } from './search-hit.tsx';

type Answer = Output<'search.query'>;
type Hit = Answer['hits'][number];

const QUIET_MS = 60;
const PAGE = 30;
const MOST_COMMANDS = 6;
/** Each group once, whatever order commands are written in. */
const inGroups = commandGroups.flatMap((group) => commands.filter((command) => command.group === group));
const hints = ['from:', 'channel:', 'before:', 'agent:', 'is:'] as const;

export function Palette({ text, onClose }: { text: string; onClose: () => void }) {
  const setText = (next: string): void => setState({ dialog: { type: 'palette', text: next } });
  const [hits, setHits] = useState<readonly Hit[]>([]);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [busy, setBusy] = useState(false);
  const [at, setAt] = useState(-1);
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const keys = shortcutsOf(useApp((state) => state.settings.shortcuts));
  const query = text.trim();
  const asked = useRef('');
  useEffect(() => input.current?.setSelectionRange(text.length, text.length),
    // Once: letters that came before the palette was there stand before the caret.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    []);

  const found = useMemo(() => {
    const usable = inGroups.filter((command) => command.hidden !== true && command.isOn?.(getState()) !== false && matches(command.title, query));
    return query === '' ? usable : usable.slice(0, MOST_COMMANDS);
  }, [query]);

  useEffect(() => {
    asked.current = query;
    if (query === '') {
      setHits([]);
      setAnswer(null);
      setBusy(false);
      return undefined;
    }
    setBusy(true);
    const timer = setTimeout(() => void ask('search.query', { text: query, before: null, limit: PAGE }).then((reply) => {
      if (asked.current !== query) return;
      setBusy(false);
      setHits(reply.ok ? reply.value.hits : []);
      setAnswer(reply.ok ? reply.value : { hits: [], next: null, tookMs: 0, problem: reply.error.message });
    }), QUIET_MS);
    return () => clearTimeout(timer);
  }, [query]);
  // Nothing is chosen before something is typed: Enter too early must not run a command.
  useEffect(() => setAt(query === '' ? -1 : 0), [query]);

  const more = async (): Promise<void> => {
    if (busy || answer?.next == null) return;
    setBusy(true);
    const reply = await ask('search.query', { text: query, before: answer.next, limit: PAGE });
    if (asked.current !== query) return;
    setBusy(false);
    if (!reply.ok) return;
    setHits((old) => [...old, ...reply.value.hits]);
    setAnswer(reply.value);
  };

  const count = found.length + hits.length;
  const chosen = Math.min(at, count - 1);
  useEffect(() => {
    box.current?.querySelector('[data-chosen=true]')?.scrollIntoView({ block: 'nearest' });
    if (chosen >= count - 5) void more();
    // Looks again when the choice moves or results come.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [chosen, count]);

  const pick = (index: number): void => {
    const command = found[index];
    const hit = hits[index - found.length];
    if (command === undefined && hit === undefined) return;
    onClose();
    // After the dialog gave the focus back, or it would take it away again.
    setTimeout(() => {
      if (command !== undefined) command.run();
      else if (hit !== undefined) {
        void openConversation(hit.conversationId, hit.messageId);
        focusPane('conversation');
      }
    }, 0);
  };

  // What is listed while a search is under way answers an older text: Enter waits for its own answer, or it would open somebody else.
  const [isWaiting, setWaiting] = useState(false);
  useEffect(() => setWaiting(false), [query]);
  useEffect(() => {
    if (!isWaiting || busy) return;
    setWaiting(false);
    pick(chosen);
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isWaiting, busy]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : event.key === 'PageDown' ? 8 : event.key === 'PageUp' ? -8 : 0;
    if (step !== 0) setAt(Math.max(0, Math.min(count - 1, chosen + step)));
    else if (event.key === 'Enter') {
      if (busy && found[chosen] === undefined) setWaiting(true);
      else pick(chosen);
    }
    else return;
    event.preventDefault();
  };

  const slow = useDelayed(busy && hits.length === 0);
  return (
    <Dialog.Root open onOpenChange={(open) => { if (!open) onClose(); }}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="palette" initialFocus={input} data-test="palette">
          <Dialog.Title className="visually-hidden">{t('palette.title')}</Dialog.Title>
          <div className="palette-input">
            <Search size={16} aria-hidden="true" />
            <input
              ref={input} value={text} onChange={(event) => setText(event.target.value)} onKeyDown={onKeyDown} placeholder={t('palette.placeholder')} spellCheck={false} dir="auto"
              role="combobox" aria-expanded="true" aria-controls="palette-list" aria-label={t('palette.title')} aria-autocomplete="list" {...(chosen >= 0 ? { 'aria-activedescendant': `palette-${chosen}` } : {})}
            />
            <kbd>Esc</kbd>
          </div>
          <div className="palette-hints">{hints.map((hint) => <button key={hint} type="button" tabIndex={-1} onClick={() => { setText(`${text}${text === '' || text.endsWith(' ') ? '' : ' '}${hint}`); input.current?.focus(); }}>{hint}</button>)}
            <span className="spacer" />
            <span role="status" className="palette-figures">{answer !== null && query !== '' ? (answer.problem ?? t('palette.found', { count: hits.length, more: answer.next === null ? '' : '+', ms: Math.max(1, Math.round(answer.tookMs)) })) : ''}</span>
          </div>
          <div ref={box} id="palette-list" role="listbox" aria-label={t('palette.results')} className="palette-list" onScroll={(event) => { const list = event.currentTarget; if (list.scrollHeight - list.scrollTop - list.clientHeight < 200) void more(); }}>
            {found.length > 0 && query !== '' && <p className="palette-group" role="presentation">{t('palette.commands')}</p>}
            {found.map((command, index) => (
              <div key={command.id}>
                {query === '' && command.group !== found[index - 1]?.group && <p className="palette-group" role="presentation">{t(`command.group.${command.group}`)}</p>}
                <div id={`palette-${index}`} role="option" aria-selected={index === chosen} data-chosen={index === chosen} data-command={command.id} className="palette-row" onMouseMove={() => setAt(index)} onClick={() => pick(index)}>
                  <span>{command.title}</span><span className="spacer" />{command.key !== null && <Keys keys={keys[command.key]} />}
                </div>
              </div>
            ))}
            {hits.length > 0 && <p className="palette-group" role="presentation">{t('palette.messages')}</p>}
            {hits.map((hit, index) => <SearchHit key={`${hit.messageId}`} hit={hit} index={index + found.length} isChosen={index + found.length === chosen} onHover={setAt} onPick={pick} />)}
            {slow && <p className="palette-empty">{t('palette.searching')}</p>}
            {!busy && query !== '' && count === 0 && <p className="palette-empty">{answer?.problem ?? t('palette.nothing', { text: query })}</p>}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
