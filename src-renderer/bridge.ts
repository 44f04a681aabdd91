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
export function ask<N extends CommandName>(name: N, input: Input<N>): Promise<Envelope<Output<N>>> {
  const command = bridge().invoke[name] as (input: Input<N>) => Promise<Envelope<Output<N>>>;
  return command(input);
}

/** One command whose failure is a toast; answers null then. */
export async function call<N extends CommandName>(name: N, input: Input<N>): Promise<Output<N> | null> {
  const answer = await ask(name, input);
  if (answer.ok) return answer.value;
  if (answer.error.code !== 'cancelled') onFailure(answer.error);
  return null;
}
