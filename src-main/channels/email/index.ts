export { emailDriver } from './driver.ts';
export { parseMail, type ReadMailOptions } from './parse-mail.ts';
export { createMailDiscovery, placesOf, type MailDiscovery } from './discover.ts';
export { readAuthority } from './trust.ts';
export { mailProviders } from './providers.ts';
