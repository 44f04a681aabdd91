import { useEffect, useState } from 'react';
import { ask } from '../../bridge.ts';

/** Pictures shown last: a row scrolled away and back must not flicker. */
const MOST = 40;
const known = new Map<string, string>();
const asked = new Map<string, Promise<string | 'none'>>();

function load(attachmentId: string): Promise<string | 'none'> {
  const running = asked.get(attachmentId) ?? ask('attachment.preview', { attachmentId }).then((answer) => {
    asked.delete(attachmentId);
    const url = answer.ok ? answer.value.dataUrl : null;
    if (url === null) return 'none' as const;
    known.set(attachmentId, url);
    for (const id of known.keys()) {
      if (known.size <= MOST) break;
      known.delete(id);
    }
    return url;
  });
  asked.set(attachmentId, running);
  return running;
}

/** The picture as a data: URL; null while it is read, 'none' when it cannot be shown. */
export function usePicture(attachmentId: string | null): string | null {
  const [shown, setShown] = useState<{ id: string; url: string } | null>(null);
  const ready = attachmentId === null ? null : (known.get(attachmentId) ?? (shown?.id === attachmentId ? shown.url : null));
  useEffect(() => {
    if (attachmentId === null || ready !== null) return undefined;
    let isOld = false;
    void load(attachmentId).then((url) => { if (!isOld) setShown({ id: attachmentId, url }); });
    return () => { isOld = true; };
  }, [attachmentId, ready]);
  return ready;
}
