export { startImapPeer, type ImapPeer, type ImapPeerOptions, type ImapUser, type DeliverOptions } from './peer.ts';
export { emptyImapState, type ImapState, type ImapMailbox, type ImapMessage } from './state.ts';
