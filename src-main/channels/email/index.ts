export { emailDriver } from './driver.ts';
export { parseMail, type ReadMailOptions } from './parse-mail.ts';
export { foldText, type FoldedText } from './fold.ts';
