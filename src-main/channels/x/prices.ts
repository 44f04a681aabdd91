/**
 * What X charges and allows, as data: X's pay-per-use price list and rate-limit table (developer documentation, August 2026).
 * A person changes these numbers when X does; the headers of X's answers win over the limits wherever they are present.
 */

/** US dollars per action. A resource read again within 24 hours is free, failed requests and empty answers too. */
export const prices = {
  postRead: 0.005,
  userRead: 0.01,
  dmEventRead: 0.01,
  /** Own mentions and posts, read by the account that owns the developer app. */
  ownedRead: 0.001,
  postCreate: 0.015,
  postCreateWithUrl: 0.2,
  /** Reply to somebody who mentioned or quoted us. */
  replySummoned: 0.01,
  dmCreate: 0.015,
  /** Deleting an own post. */
  interactionDelete: 0.01,
} as const;
export type PricedAction = keyof typeof prices;

const minute = 60_000;
const hour = 60 * minute;
export const dayMs = 24 * hour;

/** Requests per user in 15 minutes. Routes that name one group share its counter; so do all desks of one brand. */
export const rateWindowMs = 15 * minute;
export const rateLimits = { me: 75, mentions: 300, ownPosts: 900, postsById: 900, search: 300, dmRead: 15, postCreate: 100, postDelete: 50, hide: 50, dmSend: 15, media: 1_875 } as const;
export type LimitGroup = keyof typeof rateLimits;

/** Signing in through the person's browser. */
export const signIn = {
  scopes: ['tweet.read', 'tweet.write', 'users.read', 'dm.read', 'dm.write', 'media.write', 'tweet.moderate.write', 'offline.access'],
  identityTries: 4,
  identityRetryMs: 2_000,
} as const;

/** How far the lists reach back (X documentation). */
export const reach = { mentions: 800, ownPosts: 3_200, dmDays: 30, searchMs: 7 * dayMs } as const;

export const limits = {
  /** Weighted characters of a post. */
  postWeight: 280,
  dmCharacters: 10_000,
  postsPerPage: 100,
  /** The fewest posts and ids a request can ask for. */
  fewestPosts: 5,
  fewestFound: 10,
  searchQuery: 512,
  /** A cursor of 4 kB holds their names. */
  watchedThreads: 60,
  dmsPerPage: 100,
  idsPerLookup: 100,
} as const;

/** What X takes with a post or message, and how it wants it. */
export const mediaLimits = {
  bytes: { image: 5_000_000, gif: 15_000_000, video: 512_000_000 },
  perPost: 4,
  perDm: 1,
  /** Of a description. */
  altCharacters: 1_000,
  /** A file goes up in pieces of this size: a broken line costs one of them. */
  chunkBytes: 1024 * 1024,
} as const;

/** X's activity stream, where the developer app's token is given. */
export const activity = {
  /** X sends a sign of life every 20 seconds; this long without one means that the line is dead. */
  silenceMs: 25_000,
  /** A connection that lived this long was a good one: the next failure counts as the first. */
  steadyMs: 20_000,
  rememberedEvents: 2_000,
  lineCharacters: 1_000_000,
  /** How soon after a read an event may lead to the next: all that come meanwhile are one. */
  gapMs: { mentions: 3_000, dms: 5_000, threads: 30_000, heard: 60_000, tombstones: 30_000 },
  group: { mentions: 'mentions', dms: 'dmRead', threads: 'search', heard: 'search', tombstones: 'postsById' },
} as const;

/** Our own rhythm; chosen so that no window is ever used up by polling alone. */
export const rhythm = {
  /** Silence on the line before a request is given up. */
  idleTimeoutMs: 20_000,
  /** A request as a whole, however slowly its answer drips in. */
  requestMs: 60_000,
  /** The largest answer taken (100 posts with everything around them are under 2 MB). */
  answerBytes: 16_000_000,
  mentionsMs: [
    { quietForMs: 0, everyMs: 30_000 },
    { quietForMs: 15 * minute, everyMs: minute },
    { quietForMs: 2 * hour, everyMs: 2 * minute },
  ],
  ownPostsMs: 5 * minute,
  /** 15 reads in 15 minutes serve polling, paging and reading back after an unconfirmed send. */
  dmsMs: 2 * minute,
  dmReadsKept: 5,
  tombstonesMs: 15 * minute,
  /** Every find is paid for; nobody waits for an answer here. */
  heardMs: 10 * minute,
  threadsMs: 5 * minute,
  firstHeard: 30,
  identityMs: dayMs,
  /** A first connection reads back this many posts of each list, and this many pages of direct messages: it is paid for. */
  firstPosts: 200,
  firstDmPages: 1,
  /** On a first connection what is older than this was somebody else's work: it comes in as seen. */
  importLineMs: 7 * dayMs,
  /** How long a refused permission or an empty purse is left alone before it is tried again. */
  blockedMs: 15 * minute,
  /** Clocks of this machine and of X may differ by this much. */
  clockSkewMs: 5 * minute,
  /** A send under way gets this long when the channel stops. */
  stopGraceMs: 5_000,
  userCacheMs: dayMs,
  /** Posts that others speak of, kept so that each is read once. */
  keptPosts: 2_000,
  /** Pictures: X takes photos of 5 MB, and gives them out smaller. */
  mediaBytes: 8_000_000,
  mediaMs: 20_000,
  mediaAtOnce: 4,
  /** Messages are read before the next pictures. */
  mediaPerRound: 16,
  mediaEveryMs: 5 * minute,
  mediaRetryMs: 2 * minute,
  mediaTries: 5,
  /** How long the status line speaks of posts X no longer showed. */
  holeShownMs: 7 * dayMs,
} as const;
