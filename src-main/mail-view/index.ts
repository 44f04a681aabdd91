export { createMailPages, type FrameAnswer, type MailPages } from './mail-pages.ts';
