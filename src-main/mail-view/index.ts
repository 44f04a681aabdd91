export { createMailPages, type FrameAnswer, type MailPages } from './mail-pages.ts';
export { asDataUrl, pictureType } from './picture-type.ts';
