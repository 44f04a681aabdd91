import type { Core, CoreOptions, FrameAnswer } from '../core.ts';

export type { Core, FrameAnswer };
export type ShellName = CoreOptions['shell'];
export type DemoMode = CoreOptions['demo'];

/**
 * A core that holds what it is to open until a window is there to open it: links on the command line and from a second start come
 * before the first page does.
 */
export function withPendingPaths(core: Core): Core {
  const pending: string[] = [];
  let windows = 0;
  return {
    ...core,
    attach(transport, seat) {
      const detach = core.attach(transport, seat);
      windows += 1;
      pending.splice(0).forEach((path) => core.openPath(path));
      return () => {
        windows -= 1;
        detach();
      };
    },
    openPath(path) {
      if (windows > 0) core.openPath(path);
      else pending.push(path);
    },
  };
}
