import { bengali } from './bengali.ts';
import { englishA } from './english-a.ts';
import { englishB } from './english-b.ts';
import { hindi } from './hindi.ts';
import { malay } from './malay.ts';
import { outage } from './outage.ts';
import { portuguese } from './portuguese.ts';
import type { Person } from './types.ts';

/** Everybody in the sample, in the order in which customer ids are given. */
export const people: readonly Person[] = [...englishA, ...englishB, ...outage, ...hindi, ...bengali, ...portuguese, ...malay];
export type { Agent, Basis, Extra, Language, Person, Story, Turn } from './types.ts';
