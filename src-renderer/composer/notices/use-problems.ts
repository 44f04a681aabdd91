import { useEffect, useState } from 'react';
import type { Attachment, ComposerMode, DraftProblem } from '../../../src-preload/contract/index.ts';
import { ask } from '../../bridge.ts';

const QUIET_MS = 200;
const NONE: readonly DraftProblem[] = [];

/** What the core would say to this text; asked when the writer pauses. The core asks itself again at the send. */
export function useProblems(mode: ComposerMode, text: string, attachments: readonly Attachment[], accountId: string | null): readonly DraftProblem[] {
  const [problems, setProblems] = useState(NONE);
  const files = attachments.map((file) => file.id).join(' ');
  const isEmpty = text.trim() === '' && files === '';
  useEffect(() => {
    if (isEmpty || mode === 'note' || mode === 'call') {
      setProblems(NONE);
      return undefined;
    }
    let isOld = false;
    const timer = setTimeout(() => void ask('draft.check', { mode, text, accountId, ...(files === '' ? {} : { attachmentIds: files.split(' ') }) }).then((answer) => {
      if (!isOld && answer.ok) setProblems((before) => (JSON.stringify(before) === JSON.stringify(answer.value.problems) ? before : answer.value.problems));
    }), QUIET_MS);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [mode, text, files, accountId, isEmpty]);
  return problems;
}
