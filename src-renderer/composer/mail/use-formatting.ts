import { useState, type ClipboardEvent, type KeyboardEvent, type RefObject } from 'react';
import type { ComposerMode } from '../../../src-preload/contract/index.ts';
import { formatOf, formatted, nextItem, type Edit, type Format, type Selection } from './markup-keys.ts';
import { pastedMarkup } from '../drafts/paste.ts';
import { stagePictures } from '../drafts/staged-files.tsx';

const selectionOf = (box: HTMLTextAreaElement): Selection => ({ text: box.value, start: box.selectionStart, end: box.selectionEnd });

function apply(box: HTMLTextAreaElement, edit: Edit): void {
  box.focus();
  box.setSelectionRange(edit.from, edit.to);
  // The only way to change a field that leaves its own undo whole.
  document.execCommand(edit.insert === '' ? 'delete' : 'insertText', false, edit.insert);
  box.setSelectionRange(edit.start, edit.end);
}

/** Bold, links, lists and quotes while a mail is written, and what is pasted into it. Other texts have none. */
export function useFormatting(area: RefObject<HTMLTextAreaElement | null>, conversationId: string, mode: ComposerMode) {
  const [isPreview, setPreview] = useState(false);
  const isMail = mode === 'mail';
  const format = (wanted: Format): void => {
    if (area.current !== null) apply(area.current, formatted(wanted, selectionOf(area.current)));
  };
  /** True when the key was for the text's formatting. */
  const onKeyDown = (event: KeyboardEvent): boolean => {
    const box = area.current;
    if (!isMail || box === null) return false;
    const mod = event.ctrlKey || event.metaKey;
    if (mod && event.shiftKey && event.key.toLowerCase() === 'p') setPreview((before) => !before);
    else if (event.key === 'Enter' && !mod && !event.shiftKey && !event.altKey) {
      const edit = nextItem(selectionOf(box));
      if (edit === null) return false;
      apply(box, edit);
    } else {
      const wanted = formatOf({ key: event.key, code: event.code, ctrlKey: event.ctrlKey, metaKey: event.metaKey, shiftKey: event.shiftKey, altKey: event.altKey });
      if (wanted === null) return false;
      format(wanted);
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>): void => {
    const box = area.current;
    if (box === null || mode === 'note' || mode === 'call') return;
    const plain = event.clipboardData.getData('text/plain');
    const pictures = [...event.clipboardData.files].filter((file) => file.type.startsWith('image/'));
    // Spreadsheets and word processors put a picture of the text beside the text.
    if (pictures.length > 0 && plain === '') {
      event.preventDefault();
      void stagePictures(conversationId, mode, pictures);
      return;
    }
    const text = isMail ? pastedMarkup(event.clipboardData.getData('text/html')) : null;
    if (text === null) return;
    event.preventDefault();
    document.execCommand('insertText', false, text);
  };
  return { isOn: isMail, isPreview, togglePreview: () => setPreview((before) => !before), format, onKeyDown, onPaste };
}
