export { createCallBoard, type CallBoard } from './board.ts';
export { adoption } from './adopt.ts';
export { startCallSources, type CallSourceControl } from './sources.ts';
export { createCallShortcut, keysProblem, type CallShortcut } from './shortcut.ts';
