export { emailDriver } from './driver.ts';
export { warmImap } from './imap-client.ts';
export { parseMail, type MailFile, type ReadMail, type ReadMailOptions } from './parse-mail.ts';
export { createMailParser } from './parse-pool.ts';
export { createMailDiscovery, placesOf, type MailDiscovery } from './discover.ts';
export { readAuthority } from './trust.ts';
export { mailProviders } from './providers.ts';
export { mailBodies } from './body.ts';
