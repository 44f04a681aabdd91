import type { Settings } from '../../../src-preload/contract/index.ts';
import { publicVariables } from '../canned/variables.ts';
import { expandCanned } from '../canned/expand.ts';

/** A public notice as everybody would read it. What belongs to one customer has no value here: it is a blank, and a blank is never posted. */
export const noticeText = (notice: string, from: { account: string | null; settings: Settings; now: number }): ReturnType<typeof expandCanned> => expandCanned(notice, publicVariables(from));
