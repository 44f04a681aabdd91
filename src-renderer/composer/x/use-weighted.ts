import { useEffect, useState } from 'react';
import { withoutLeading } from './leading-names.ts';

const NOBODY: readonly string[] = [];

type Weigh = (text: string) => number;
let weigh: Weigh | null = null;
let loading: Promise<Weigh> | null = null;

/** X's own rules are a large table; they are read when a composer for X is first shown. */
function load(): Promise<Weigh> {
  loading ??= import('twitter-text').then((module) => {
    const { parseTweet } = ('default' in module ? module.default : module) as { parseTweet: (text: string) => { weightedLength: number } };
    weigh = (text) => parseTweet(text).weightedLength;
    return weigh;
  });
  return loading;
}

/** X's weighted length of a text, `free` @names at its beginning left out; null for the moment until the rules are read. */
export function useWeighted(text: string, on: boolean, free: readonly string[] = NOBODY): number | null {
  const [, setReady] = useState(weigh !== null);
  useEffect(() => {
    if (on && weigh === null) void load().then(() => setReady(true));
  }, [on]);
  return on && weigh !== null ? weigh(withoutLeading(text, free)) : null;
}
