/** A step of a dialog that goes takes the focus with it, and the dialog takes it first: only then is it ours to place. Returns what calls it off. */
export function focusAfterStep(focus: () => void): () => void {
  const timer = setTimeout(() => requestAnimationFrame(focus), 0);
  return () => clearTimeout(timer);
}
