import type * as TwitterApiV2 from 'twitter-api-v2';
import type TwitterText from 'twitter-text';
import { lazyPackage } from '../../kernel/index.ts';

/** X's interface. */
export const twitterApi = lazyPackage<typeof TwitterApiV2>('twitter-api-v2');
/** How X counts and cuts text. */
export const twitterText = lazyPackage<typeof TwitterText>('twitter-text');
