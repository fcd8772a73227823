import type { z } from 'zod';
import { newId } from '@/lib/ids';
import type { Permission } from '@/lib/permissions';
import { personActor } from './audit';
import type { Db, Tx } from './db/client';
import { db } from './db/shared';
import { type Reads, readsOn } from './db/statements';
import { Fail } from './fail';
import { type Can, makeCan, makeTools, makeWork, type Principal, type SystemWork, type Work } from './handle';
import { logBug } from './log';
import { principalWith } from './principal';
import type { Job } from './queue/define-job';
import { auditDenial } from './refusals';
import type { RequestInfo } from './request';
import { inUnit } from './unit';

/** `handlers.ts` fills it. */
export const jobRegistry = new Map<string, { job: Job; handle(payload: unknown): Promise<void> }>();

export const declaredJobs = (): Job[] => [...jobRegistry.values()].map(({ job }) => job);

function register(job: Job, handle: (payload: unknown) => Promise<void>) {
  if (jobRegistry.has(job.name)) throw new Error(`Two jobs are called ${job.name}.`);
  jobRegistry.set(job.name, { job, handle });
}

export function jobRequest(name: string): RequestInfo {
  return { id: newId(), ip: null, userAgent: null, path: `job:${name}` };
}

export type JobTools<P extends Permission> = {
  /** For reads between units of work, with the permissions from the start of the job. */
  can: Can<P>;
  /** One transaction. Reads the person's permissions again and refuses when the needed one is gone. */
  unit<T>(body: (work: Work<P>) => Promise<T>, options?: { timeoutMs?: number }): Promise<T>;
};

/** A job that runs for a person. `actor` finds that person from the payload; losing the permission stops the job. */
export function job<P extends Permission, S extends z.ZodType>(
  declaration: Job<S>,
  definition: {
    permission: P;
    actor(reads: Reads, input: z.output<S>): Promise<string | null>;
    run(tools: JobTools<NoInfer<P>>, input: z.output<S>): Promise<void>;
    /** Called when the person has no permission (any more), so that the job can report it. */
    refused?(work: SystemWork, input: z.output<S>): Promise<void>;
    /** Called after any other error. True ends the job; otherwise the queue tries again. */
    failed?(work: SystemWork, input: z.output<S>, error: unknown): Promise<boolean>;
  },
) {
  const handle = async (payload: unknown) => {
    const input = declaration.input.parse(payload);
    const request = jobRequest(declaration.name);
    const userId = await definition.actor(readsOn(db()), input);
    if (!userId) return;
    const authorizeActor = (tx: Db | Tx) => principalWith(tx, userId, definition.permission);
    try {
      const can = makeCan(db(), await authorizeActor(db()), request);
      await definition.run(
        {
          can,
          unit: (body, options) => unitFor(authorizeActor, request, body, { ...options, exempt: declaration.exempt }),
        },
        input,
      );
    } catch (error) {
      if (!(error instanceof Fail) || error.code !== 'not_allowed') {
        const end = async (work: SystemWork) => definition.failed?.(work, input, error) ?? false;
        // Without a database nothing can be recorded: the queue tries again.
        if (!(await systemUnit(request, end, { exempt: true }).catch(() => false))) throw error;
        logBug(error, { job: declaration.name });
        return;
      }
      await auditDenial({ actor: personActor(userId), request, what: declaration.name }, definition.permission);
      await systemUnit(request, async (work) => definition.refused?.(work, input), { exempt: true });
    }
  };
  register(declaration, handle);
}

/** One transaction for a person, whose permissions `authorizeActor` reads in it. */
export function unitFor<P extends Permission, T>(
  authorizeActor: (tx: Tx) => Promise<Principal>,
  request: RequestInfo,
  body: (work: Work<P>) => Promise<T>,
  options?: { exempt?: boolean; timeoutMs?: number },
) {
  return inUnit(async (tx, ledger) => {
    return body(makeWork(tx, await authorizeActor(tx), request, ledger));
  }, options);
}

function systemUnit<T>(
  request: RequestInfo,
  body: (work: SystemWork) => Promise<T>,
  options?: { exempt?: boolean; timeoutMs?: number },
) {
  return inUnit(async (tx, ledger) => body(makeTools(tx, { kind: 'system', id: null }, request, ledger)), options);
}

export type SystemTools = {
  unit<T>(body: (work: SystemWork) => Promise<T>, options?: { timeoutMs?: number }): Promise<T>;
};

/** A job of the system itself, such as sending mail or expiring invitations. */
export function systemJob<S extends z.ZodType>(
  declaration: Job<S>,
  definition: {
    run(tools: SystemTools, input: z.output<S>): Promise<void>;
  },
) {
  const { exempt } = declaration;
  const handle = async (payload: unknown) => {
    const request = jobRequest(declaration.name);
    const unit: SystemTools['unit'] = (body, options) => systemUnit(request, body, { ...options, exempt });
    await definition.run({ unit }, declaration.input.parse(payload));
  };
  register(declaration, handle);
}
