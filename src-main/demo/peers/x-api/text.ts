import type TwitterText from 'twitter-text';
import { lazyPackage } from '../../../kernel/lazy.ts';

/** How X counts and cuts text. */
export const twitterText = lazyPackage<typeof TwitterText>('twitter-text');
