import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ParleyError, messageOf } from '../kernel/index.ts';
import { defaultWorkspaceDir } from './places.ts';
import type { DemoMode } from './shell.ts';

export interface LaunchArguments {
  workspaceDir: string;
  demo: DemoMode;
  headless: boolean;
  /** Deep links and files to open once the window is there. */
  open: readonly string[];
}

const OURS = /^--(?:workspace(?:=.*)?|demo|no-demo|headless)$/;

/** Reads what follows the program's name. Throws ParleyError `bad_input` naming the flag; `lenient` passes over flags that are not ours. */
export function parseLaunchArguments(argv: readonly string[], env: NodeJS.ProcessEnv = process.env, mode: 'strict' | 'lenient' = 'strict'): LaunchArguments {
  let parsed;
  try {
    parsed = parseArgs({
      args: mode === 'strict' ? [...argv] : argv.filter((arg) => !arg.startsWith('-') || OURS.test(arg)),
      allowPositionals: true,
      options: {
        workspace: { type: 'string' },
        demo: { type: 'boolean', default: false },
        'no-demo': { type: 'boolean', default: false },
        headless: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new ParleyError('bad_input', `${messageOf(error).split('. ')[0]}. Known: --workspace DIR, --demo, --no-demo, --headless.`, { cause: error });
  }
  const { values, positionals } = parsed;
  if (values.demo && values['no-demo']) throw new ParleyError('bad_input', '--demo and --no-demo exclude each other.');
  return {
    workspaceDir: resolve(values.workspace ?? env['PARLEY_WORKSPACE'] ?? defaultWorkspaceDir(env)),
    demo: values.demo ? 'only' : values['no-demo'] ? 'never' : 'auto',
    headless: values.headless,
    open: positionals,
  };
}
