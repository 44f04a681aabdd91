export { denyIdentity, linkIdentity, unlinkIdentity } from './identities.ts';
export { mergeCustomers, unmergeCustomers } from './merge.ts';
export { previewMerge } from './preview.ts';
