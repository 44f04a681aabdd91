export * from './operations.ts';
export { composeAction, enqueueAction } from './actions.ts';
export { nextState, TRANSITIONS, type OutboxEvent } from './states.ts';
export { startDispatcher, type Dispatcher } from './dispatcher.ts';
export { forwardSubject } from './quote.ts';
export { writtenMail } from './written.ts';
export { composeSend, previewParts } from './compose.ts';
export { answerIncident, incidentRows, postNotice } from './incident-answer.ts';
export { isContinued } from './thread.ts';
