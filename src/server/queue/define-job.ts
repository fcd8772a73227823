import { z } from 'zod';

export type QueueSettings = {
  retries: number;
  /** The first delay; it doubles up to `maxDelaySeconds`. */
  delaySeconds: number;
  maxDelaySeconds: number;
  /** A job that runs longer counts as lost and is tried again; a dead worker is noticed earlier by its heartbeat. */
  expireSeconds: number;
  concurrency: number;
  /** How many jobs are taken at once. While batches are full, the next one is taken without a pause. */
  batch: number;
  /** The jobs are all alike and only wake up: one run handles a whole batch. Otherwise each job is handled. */
  wakeUps: boolean;
  pollSeconds: number;
  keepSeconds: number;
  /** At most one job with the same `id` in its payload waits; another one is dropped. */
  onePerId: boolean;
};

const ordinary: QueueSettings = {
  retries: 5,
  delaySeconds: 5,
  maxDelaySeconds: 600,
  expireSeconds: 900,
  concurrency: 1,
  batch: 1,
  wakeUps: false,
  pollSeconds: 2,
  keepSeconds: 24 * 3600,
  onePerId: false,
};

/** Ids and words: a payload is kept in the queue's table. */
type Payload = Record<string, string | number | boolean>;

export type Job<S extends z.ZodType = z.ZodType> = {
  name: string;
  input: S;
  /**
   * Whether its transactions may commit without an audit event: only for the closed list of docs/decisions, such as the
   * progress of a plan. A test names these jobs.
   */
  exempt: boolean;
  queue: QueueSettings;
  cron: string | null;
};

/** For a job that only wakes up. The queue gives such a job `{}` or null. */
export const noPayload = z.custom<Record<string, never>>();

type OnlyWithId<S extends z.ZodType> = z.input<S> extends { id: string } ? unknown : { onePerId?: false };

/**
 * Declares a job with its queue and timetable. It imports no service, so that services can enqueue it; `handlers.ts`
 * joins it to its handler. `cron` has five fields in UTC; each slot runs once, however many workers there are. The name
 * is the queue's: it never changes.
 */
export function defineJob<S extends z.ZodType<unknown, Payload>>(declaration: {
  name: string;
  input: S;
  exempt?: true;
  queue?: Partial<QueueSettings> & OnlyWithId<S>;
  cron?: Record<string, never> extends z.input<S> ? string : never;
}): Job<S> {
  const { name, input, exempt = false, queue, cron = null } = declaration;
  return { name, input, exempt, queue: { ...ordinary, ...queue }, cron };
}
