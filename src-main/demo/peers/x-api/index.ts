export { startXPeer, type XPeer, type XPeerOptions, type PeerClock, type PeerEvent, type SeenRequest, type Failure } from './peer.ts';
export { emptyXState, type XState, type XUser, type XPost, type XDm, type XGrant, type XOAuth1 } from './state.ts';
export type { Bill, BillLine } from './limits.ts';
export type { NewPost, NewDm } from './world-rules.ts';
