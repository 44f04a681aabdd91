export { xDriver } from './driver.ts';
export { signInPorts } from '../oauth-browser.ts';
/** How posts and direct messages are named and read, for whoever else brings them in (the archive importer). */
export { partyOf, postKey, postUrl, dmKey as conversationKeyOfDm } from './map.ts';
export { peerOf, type XUser } from './shapes.ts';
export { readableText } from './text.ts';
export { subjectOf } from './watch-query.ts';
export { timeOfId } from './ids.ts';
