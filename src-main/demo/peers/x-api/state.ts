import type { LimitGroup, PricedAction } from './terms.ts';

export type XUser = {
  id: string;
  username: string;
  name: string;
  createdAt: number;
  description?: string;
  followers?: number;
  verified?: boolean;
  protected?: boolean;
  suspended?: boolean;
  /** True: takes no DM from an account she has not written to first. */
  closedDms?: boolean;
};

export type XPost = {
  id: string;
  authorId: string;
  text: string;
  createdAt: number;
  conversationId: string;
  mentionIds: string[];
  inReplyToId?: string;
  quotedId?: string;
  mediaIds?: string[];
  lang?: string;
  hidden?: boolean;
  deletedAt?: number;
  /** Ids of all versions of an edited post, oldest first. */
  versions?: string[];
  /** Edited since: lists show only the newest version. */
  isOld?: boolean;
  /** Its author pays for it to be shown. */
  promoted?: boolean;
  replySettings?: 'mentionedUsers' | 'following' | 'verified' | 'subscribers';
  likes?: number;
  reposts?: number;
};

export type XDm = {
  id: string;
  conversationId: string;
  senderId: string;
  participantIds: [string, string];
  text: string;
  createdAt: number;
  mediaIds?: string[];
};

export type XMedia = {
  id: string; ownerId: string; type: string; category: string; bytes: number; got: number; ready: boolean;
  expiresAt?: number; alt?: string; width?: number; height?: number; durationMs?: number;
  /** Films and animations: how often its state is still asked for before it can be used. */
  processing?: { left: number; error?: string };
  /** Made by the world itself: what its picture is called there. */
  sample?: string;
};

/** An OAuth 2 grant: one family of rotating tokens. A used refresh token kills it. */
export type XGrant = {
  userId: string;
  clientId: string;
  scopes: string[];
  accessToken: string;
  accessExpiresAt: number;
  refreshToken: string;
  usedRefreshTokens: string[];
  revoked?: boolean;
};

/** OAuth 1.0a user token of one app; does not expire. */
export type XOAuth1 = { userId: string; consumerKey: string; consumerSecret: string; accessToken: string; accessSecret: string };

/** A developer app with its callback addresses, compared to the letter. */
export type XApp = { clientId: string; name: string; redirectUris: string[] };

/** An authorization code: one use, 30 seconds. */
export type XCode = { code: string; clientId: string; redirectUri: string; userId: string; scopes: string[]; challenge: string; method: 'S256' | 'plain'; expiresAt: number; usedBy?: string };

/** What a developer app wants to be told of one user. */
export type XSubscription = { id: string; eventType: string; userId: string; tag?: string };

export type RateWindow = { startedAt: number; used: number };

export type XState = {
  lastId: string;
  users: Record<string, XUser>;
  posts: Record<string, XPost>;
  dms: XDm[];
  media: Record<string, XMedia>;
  grants: XGrant[];
  oauth1: XOAuth1[];
  /** Absent in worlds saved before there was a consent page. */
  apps?: XApp[];
  codes?: XCode[];
  /** Bearer tokens of developer apps, and what those apps asked the activity stream for. */
  appBearers?: string[];
  subscriptions?: XSubscription[];
  /** The account that owns the developer app: its own posts and mentions are read at the owned price. */
  appOwnerId?: string;
  /** USD left; absent = unlimited. */
  creditsUsd?: number;
  creditsShape: 'title' | 'type';
  bill: Record<PricedAction, number>;
  /** `payer resource` -> when it was last billed; read again within 24 h it is free. */
  billedAt: Record<string, number>;
  windows: Record<string, RateWindow>;
  tokenSerial: number;
  /** Where media are served; set by whoever serves them. */
  mediaBase?: string;
};

/** An empty X. */
export function emptyXState(): XState {
  return {
    lastId: '1', users: {}, posts: {}, dms: [], media: {}, grants: [], oauth1: [], creditsShape: 'title',
    bill: {
      postRead: 0, userRead: 0, dmEventRead: 0, ownedRead: 0, postCreate: 0,
      postCreateWithUrl: 0, replySummoned: 0, dmCreate: 0, interactionDelete: 0,
    },
    billedAt: {}, windows: {}, tokenSerial: 0,
  };
}

export type WindowKey = `${string} ${LimitGroup}${'' | ' day'}`;
