export { emailDriver } from './driver.ts';
export { parseMail, type ReadMailOptions } from './parse-mail.ts';
