import type { z } from 'zod';
import { commands, type CommandName, type Envelope, type Failure, type Output } from '../../src-preload/contract/index.ts';
import { errnoOf, ParleyError, type Log } from '../kernel/index.ts';

export type Handlers = { [N in CommandName]: (input: z.output<(typeof commands)[N]['input']>) => Output<N> | Promise<Output<N>> };

export interface Router {
  /** Never throws and never answers undefined. */
  call(name: unknown, input: unknown): Promise<Envelope<unknown>>;
}

const fail = (error: Failure): Envelope<never> => ({ ok: false, error });

/** Checks every call against the contract and wraps every answer. `refuses`: what the asking window may not ask now. */
export function createRouter(handlers: Handlers, log: Log, refuses: (name: CommandName) => Failure | null = () => null): Router {
  return {
    async call(name, input) {
      if (typeof name !== 'string' || !Object.hasOwn(commands, name)) return fail({ code: 'unknown_command', message: `There is no command ${JSON.stringify(name)?.slice(0, 80) ?? ''}.`, retryable: false });
      const known = name as CommandName;
      const refusal = refuses(known);
      if (refusal !== null) return fail(refusal);
      const parsed = commands[known].input.safeParse(input);
      if (!parsed.success) return fail({ code: 'bad_input', message: sentence(known, parsed.error), retryable: false });
      try {
        const value = await (handlers[known] as (input: unknown) => unknown)(parsed.data);
        return { ok: true, value };
      } catch (error) {
        if (error instanceof ParleyError) return fail({ code: error.code, message: error.message, retryable: error.retryable, ...(error.detail ? { detail: error.detail } : {}) });
        log.error('command.failed', { command: known, error, stack: error instanceof Error ? (error.stack ?? '') : '' });
        const code = errnoOf(error);
        return fail({ code: 'internal', message: `Something went wrong in Parley${code === null ? '' : ` (${code})`}; nothing was lost. The log has the details.`, retryable: true });
      }
    },
  };
}

function sentence(name: string, error: z.ZodError): string {
  const issue = error.issues[0];
  return `${name}: ${issue ? `${issue.path.join('.') || 'input'} ${issue.message}` : 'the input is not what this command takes'}.`;
}
