/** Out of a text field, back to where one walks: the queue, or the timeline where the queue is hidden. */
export function focusList(): void {
  const shown = ['queue', 'conversation'].map((name) => document.querySelector<HTMLElement>(`[data-focus-target=${name}]`)).find((element) => element !== null && element.offsetParent !== null);
  shown?.focus();
}
