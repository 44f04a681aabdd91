export { localClaims, type ClaimAuthority } from './authority.ts';
export { assign, blockedBy, claim, claimToSend, lapseClaims, leaseMs, release, seeNotice } from './operations.ts';
