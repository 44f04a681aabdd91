export const COPIED = ['fontFamily', 'fontSize', 'fontWeight', 'letterSpacing', 'lineHeight', 'paddingTop', 'paddingRight', 'paddingBottom', 'paddingLeft', 'borderTopWidth', 'borderLeftWidth', 'textAlign', 'direction', 'wordSpacing', 'tabSize'] as const;

/** Where on screen a character of a text area stands: browsers do not say, so its text is laid out once more in a copy. */
export function caretPoint(area: HTMLTextAreaElement, index: number): { x: number; top: number; bottom: number } {
  const style = getComputedStyle(area);
  const copy = document.createElement('div');
  for (const name of COPIED) copy.style[name] = style[name];
  Object.assign(copy.style, { position: 'fixed', visibility: 'hidden', whiteSpace: 'pre-wrap', overflowWrap: 'break-word', boxSizing: 'border-box', width: `${area.clientWidth}px`, left: '0', top: '0' });
  const mark = document.createElement('span');
  mark.textContent = '\u200b';
  copy.append(area.value.slice(0, index), mark);
  document.body.append(copy);
  const box = area.getBoundingClientRect();
  const line = mark.getBoundingClientRect();
  const outer = copy.getBoundingClientRect();
  copy.remove();
  const top = box.top + line.top - outer.top - area.scrollTop;
  return { x: box.left + line.left - outer.left, top, bottom: top + line.height };
}
