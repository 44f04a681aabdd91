import { useEffect, useState } from 'react';

/** A text that is edited where it stands: Enter or leaving keeps it, Escape takes it back. */
export function useEdited(value: string, save: (text: string) => void) {
  const [text, setText] = useState<string | null>(null);
  useEffect(() => setText(null), [value]);
  const commit = (): void => {
    if (text !== null && text.trim() !== value.trim()) save(text.trim());
    else setText(null);
  };
  return { text: text ?? value, setText, commit, cancel: () => setText(null) };
}
