import { drawn, isDrawing } from './state/after-frame.ts';
import type { Bridge } from '../src-preload/bridge.ts';
import type { CommandName, Envelope, Failure, Input, Output } from '../src-preload/contract/index.ts';

let onFailure: (failure: Failure) => void = () => undefined;

/** Where failed commands are told, once for the whole window. */
export function tellFailuresTo(listener: (failure: Failure) => void): void {
  onFailure = listener;
}

export function bridge(): Bridge {
  const found = window.parley;
  if (found === undefined) throw new Error('this page was opened outside the console');
  return found;
}

/** One command, one envelope: for callers that treat a failure themselves. */
export async function ask<N extends CommandName>(name: N, input: Input<N>): Promise<Envelope<Output<N>>> {
  const command = bridge().invoke[name] as (input: Input<N>) => Promise<Envelope<Output<N>>>;
  const answer = await command(input);
  // Behind the pushes that came before it, which wait for the frame as well: an older row must not come after a newer one.
  if (isDrawing()) await drawn();
  return answer;
}

/** One command whose failure is a toast; answers null then. */
export async function call<N extends CommandName>(name: N, input: Input<N>): Promise<Output<N> | null> {
  const answer = await ask(name, input);
  if (answer.ok) return answer.value;
  if (answer.error.code !== 'cancelled') onFailure(answer.error);
  return null;
}
