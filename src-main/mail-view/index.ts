export { createMailPages, type FrameAnswer, type MailPages } from './mail-pages.ts';
export { passedOn } from './pass-on.ts';
