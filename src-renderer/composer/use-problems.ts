import { useEffect, useState } from 'react';
import type { ComposerMode, DraftProblem } from '../../src-preload/contract/index.ts';
import { ask } from '../bridge.ts';

const QUIET_MS = 200;
const NONE: readonly DraftProblem[] = [];

/** What the core would say to this text; asked when the writer pauses. The core asks itself again at the send. */
export function useProblems(mode: ComposerMode, text: string): readonly DraftProblem[] {
  const [problems, setProblems] = useState(NONE);
  const isEmpty = text.trim() === '';
  useEffect(() => {
    if (isEmpty || mode === 'note' || mode === 'call') {
      setProblems(NONE);
      return undefined;
    }
    let isOld = false;
    const timer = setTimeout(() => void ask('draft.check', { mode, text }).then((answer) => {
      if (!isOld && answer.ok) setProblems((before) => (JSON.stringify(before) === JSON.stringify(answer.value.problems) ? before : answer.value.problems));
    }), QUIET_MS);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [mode, text, isEmpty]);
  return problems;
}
