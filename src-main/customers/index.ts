export { customerFor, knownAs, takeContact, type IdSource } from './operations.ts';
export { addPromise, removePromise, settlePromise } from './promises.ts';
export { findInSignature, signatureOf, suggestIdentities } from './suggest.ts';
export { identityParty } from './typed.ts';
export { beginPosts } from './own-posts.ts';
