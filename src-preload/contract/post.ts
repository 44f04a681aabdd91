import { z } from 'zod';
import { duration, time } from './common.ts';

/** A picture, animation or film of a post or message. Of the last two only a still picture is kept; the whole is on x.com. */
export const mediaItem = z.strictObject({
  key: z.string(), kind: z.enum(['photo', 'gif', 'video']),
  /** As its sender described it. */
  alt: z.string().nullable(),
  width: z.number().int().nullable(), height: z.number().int().nullable(), durationMs: duration.nullable(),
});
export type MediaItem = z.infer<typeof mediaItem>;

/** Another post that a post speaks of: quoted in it, or answered by it. */
const otherPost = z.strictObject({ postId: z.string(), author: z.string(), text: z.string() });
export type OtherPost = z.infer<typeof otherPost>;

export const replySettings = z.enum(['everyone', 'mentioned', 'following', 'verified', 'subscribers', 'other']);
export type ReplySettings = z.infer<typeof replySettings>;

export const postCounts = z.strictObject({ replies: z.number().int(), reposts: z.number().int(), likes: z.number().int(), quotes: z.number().int() });
export type PostCounts = z.infer<typeof postCounts>;

/** What was there before an edit; null where this desk never read it. */
const earlierVersion = z.strictObject({ postId: z.string(), at: time.nullable(), text: z.string().nullable() });
export type EarlierVersion = z.infer<typeof earlierVersion>;

export const postDetail = z.strictObject({
  type: z.literal('post'),
  postId: z.string(), url: z.string(), inReplyTo: z.string().nullable(), conversationId: z.string(),
  quoted: otherPost.nullable(),
  isPromoted: z.boolean(),
  /** May we answer through X's interface? (summoned-only rule) */
  replyAllowed: z.boolean(),
  /** The post answered, where it was read. */
  parent: otherPost.nullable().optional(),
  media: z.array(mediaItem).optional(),
  /** Oldest first; absent where nothing was edited. */
  edits: z.array(earlierVersion).optional(),
  replySettings: replySettings.optional(),
  counts: postCounts.optional(),
  /** We hid it under a post of ours. */
  hidden: z.boolean().optional(),
});
