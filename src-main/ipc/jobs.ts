import type { Job } from '../../src-preload/contract/index.ts';
import { messageOf, ParleyError, type Ids, type Log } from '../kernel/index.ts';

export interface Jobs {
  /** Starts long work; its figures are pushed as they change. Returns its id. */
  start(title: string, work: (report: (done: number, total: number | null, message: string) => void, signal: AbortSignal) => Promise<string>): string;
  cancel(jobId: string): void;
  list(): Job[];
  stop(): Promise<void>;
}

/** Finished jobs kept for windows that open later. */
const KEEP = 5;

export function createJobs(ids: Ids, log: Log, push: (job: Job) => void): Jobs {
  const jobs = new Map<string, { job: Job; abort: AbortController; ended: Promise<void> }>();
  return {
    start(title, work) {
      const id = ids.next();
      const abort = new AbortController();
      const update = (patch: Partial<Job>): void => {
        const entry = jobs.get(id);
        if (!entry) return;
        entry.job = { ...entry.job, ...patch };
        push(entry.job);
      };
      const entry = { job: { id, title, state: 'running', done: 0, total: null, message: '', canCancel: true } as Job, abort, ended: Promise.resolve() };
      jobs.set(id, entry);
      push(entry.job);
      entry.ended = work((done, total, message) => update({ done, total, message }), abort.signal).then(
        (message) => update({ state: 'done', message, canCancel: false }),
        (error: unknown) => {
          if (abort.signal.aborted) return update({ state: 'cancelled', message: 'Stopped. What came in so far is kept; start it again to go on.', canCancel: false });
          if (!(error instanceof ParleyError)) log.error('job.failed', { title, error });
          update({ state: 'failed', message: messageOf(error), canCancel: false });
        },
      );
      const finished = [...jobs.values()].filter((j) => j.job.state !== 'running').map((j) => j.job.id);
      for (const old of finished.slice(0, -KEEP)) jobs.delete(old);
      return id;
    },
    cancel(jobId) {
      const entry = jobs.get(jobId);
      if (!entry) throw new ParleyError('not_found', 'This work has ended already.');
      entry.abort.abort(new ParleyError('cancelled', 'Stopped.'));
    },
    list: () => [...jobs.values()].map((j) => j.job),
    async stop() {
      for (const { abort } of jobs.values()) abort.abort(new ParleyError('cancelled', 'Parley is closing.'));
      await Promise.allSettled([...jobs.values()].map((j) => j.ended));
    },
  };
}
