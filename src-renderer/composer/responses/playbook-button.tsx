import { useEffect, useState } from 'react';
import { BookOpen } from 'lucide-react';
import type { ComposerMode, ScenarioHere } from '../../../src-preload/contract/index.ts';
import { ask } from '../../bridge.ts';
import { t } from '../../locales/index.ts';
import { newestIds } from '../../state/merge.ts';
import { setState, useApp } from '../../state/store.ts';

const NONE: readonly ScenarioHere[] = [];

/** The playbook for this conversation, what fits first. */
export function usePlaybook(conversationId: string, mode: ComposerMode): readonly ScenarioHere[] {
  const newest = useApp((state) => newestIds(state.timelines[conversationId]).at(-1));
  const playbook = useApp((state) => state.settings.playbook);
  const [scenarios, setScenarios] = useState(NONE);
  useEffect(() => {
    let isOld = false;
    void ask('playbook.here', { conversationId, mode }).then((answer) => { if (!isOld && answer.ok) setScenarios(answer.value.scenarios); });
    return () => { isOld = true; };
  }, [conversationId, mode, newest, playbook]);
  return scenarios;
}

export function PlaybookButton({ conversationId, mode }: { conversationId: string; mode: ComposerMode }) {
  const [first] = usePlaybook(conversationId, mode);
  if (first === undefined) return null;
  const fits = first.words.length > 0;
  return (
    <button type="button" className="text-button playbook-button" onClick={() => setState({ dialog: { type: 'playbook', conversationId } })} title={fits ? t('playbook.fitsWords', { words: first.words.join(', ') }) : t('command.playbook')} data-action="playbook.open">
      <BookOpen size={13} aria-hidden="true" /><span>{fits ? t('playbook.fits', { title: first.title }) : t('playbook.open')}</span>
    </button>
  );
}
