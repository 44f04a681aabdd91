import twitter from 'twitter-text';
import { limits } from './prices.ts';
import { withoutLeadingMentions } from './text.ts';

export interface Weight {
  /** Weighted characters (a link 23, emoji and CJK 2); leading @names of a reply weigh nothing. */
  weight: number;
  max: number;
  hasLink: boolean;
}

/** Weighs a post as X does (twitter-text, configuration v3, NFC). Pure. */
export const weighPost = (text: string, isReply: boolean): Weight => ({ weight: weightOf(text, isReply), max: limits.postWeight, hasLink: hasLink(text) });

export const weightOf = (text: string, isReply: boolean): number => twitter.parseTweet((isReply ? withoutLeadingMentions(text) : text).normalize('NFC')).weightedLength;

/** Bare domains count: X makes links of them, and charges for it. */
export const hasLink = (text: string): boolean => twitter.extractUrls(text).length > 0;
