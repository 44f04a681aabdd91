/**
 * What X charges and allows, as data (X developer docs, pay-per-use price list and rate-limit table, August 2026).
 * A person changes these numbers; no code repeats them.
 */

/** USD per action. */
export const prices = {
  postRead: 0.005,
  userRead: 0.01,
  dmEventRead: 0.01,
  ownedRead: 0.001,
  postCreate: 0.015,
  postCreateWithUrl: 0.2,
  replySummoned: 0.01,
  dmCreate: 0.015,
  interactionDelete: 0.01,
} as const;

export type PricedAction = keyof typeof prices;

const quarterHourMs = 15 * 60_000;

/** Requests per user and window. Routes that name the same group share one counter. */
export const rateLimits = {
  me: { max: 75, windowMs: quarterHourMs },
  users: { max: 900, windowMs: quarterHourMs },
  mentions: { max: 300, windowMs: quarterHourMs },
  ownPosts: { max: 900, windowMs: quarterHourMs },
  postsById: { max: 900, windowMs: quarterHourMs },
  search: { max: 300, windowMs: quarterHourMs },
  postCreate: { max: 100, windowMs: quarterHourMs },
  postDelete: { max: 50, windowMs: quarterHourMs },
  hide: { max: 50, windowMs: quarterHourMs },
  dmRead: { max: 15, windowMs: quarterHourMs },
  dmSend: { max: 15, windowMs: quarterHourMs },
  dmDelete: { max: 300, windowMs: quarterHourMs },
  media: { max: 1875, windowMs: quarterHourMs },
  activityStream: { max: 450, windowMs: quarterHourMs },
} as const;

export type LimitGroup = keyof typeof rateLimits;

/** Second, daily ceiling of the groups that have one; told by `x-user-limit-24hour-*`. */
export const dailyLimits: Partial<Record<LimitGroup, number>> = { dmSend: 1440 };

/** Of one app at a time. */
export const activityConnections = 2;
export const activitySubscriptions = 1500;
export const activityHeartbeatMs = 20_000;

export const dayMs = 24 * 60 * 60_000;
export const codeLifeMs = 30_000;
export const accessTokenLifeMs = 2 * 60 * 60_000;
export const dmHistoryMs = 30 * dayMs;
export const searchHistoryMs = 7 * dayMs;
export const newestMentions = 800;
export const newestOwnPosts = 3200;
export const dmTextMax = 10_000;
/** Bytes by media category prefix. */
export const mediaBytesMax = { image: 5_000_000, gif: 15_000_000, video: 512_000_000 } as const;
