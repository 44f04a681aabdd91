import { twitterText } from './library.ts';
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

export const weightOf = (text: string, isReply: boolean): number => twitterText().parseTweet((isReply ? withoutLeadingMentions(text) : text).normalize('NFC')).weightedLength;

/** Bare domains count: X makes links of them, and charges for it. */
export const hasLink = (text: string): boolean => twitterText().extractUrls(text).length > 0;
