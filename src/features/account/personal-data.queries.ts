import { actionWords } from '@/lib/audit-actions';
import { unscoped } from '@/server/scope';
import type { Can } from '@/server/work';
import { listOwnAccess } from './access.queries';
import { deviceWords } from './sessions.queries';

const ownAccount = unscoped('own account');

type Row = Record<string, string | number | boolean | null | object>;
type Section = { name: string; about: string; rows(can: Can<'account.own'>): AsyncGenerator<Row> };

const pageSize = 500;

/**
 * Everything Rollcall keeps about one person, as pieces of JSON text. It reads page by page, so that a long history
 * needs no more memory than a short one. It never selects hashes, tokens or links, nor anything about other people
 * beyond the names of this person's own organizations and groups.
 */
export async function* writePersonalData(can: Can<'account.own'>, madeAt: Date): AsyncGenerator<string> {
  const head = {
    about: 'Everything Rollcall keeps about you. Times are in UTC.',
    madeAt: madeAt.toISOString(),
    profile: await profileOf(can),
    preferences: {
      timeZone: can.preference.timeZone,
      dateFormat: can.preference.dateFormat,
      singleKeys: can.preference.singleKeys,
      lists: can.preference.lists,
    },
    access: await listOwnAccess(can),
  };
  yield JSON.stringify(head, null, 2).replace(/\n\}$/, '');
  for (const { name, about, rows } of sections) {
    yield `,\n  ${JSON.stringify(name)}: {\n    "about": ${JSON.stringify(about)},\n    "rows": [`;
    let isFirst = true;
    for await (const row of rows(can)) {
      yield `${isFirst ? '' : ','}\n      ${JSON.stringify(row)}`;
      isFirst = false;
    }
    yield isFirst ? ']\n  }' : '\n    ]\n  }';
  }
  yield '\n}\n';
}

async function profileOf(can: Can<'account.own'>) {
  const { credential, ...user } = await can.read(ownAccount, (tables) =>
    tables.user.findUniqueOrThrow({
      where: { id: can.actor.id },
      select: {
        id: true,
        email: true,
        firstName: true,
        lastName: true,
        phone: true,
        extension: true,
        status: true,
        createdAt: true,
        activatedAt: true,
        emailVerifiedAt: true,
        lastSignInAt: true,
        lastActivityAt: true,
        updatedAt: true,
        credential: { select: { changedAt: true } },
      },
    }),
  );
  return { ...user, passwordSetAt: credential?.changedAt ?? null };
}

/** Reads a table by id, a page at a time. Ids increase over time, so no row is missed or repeated. */
async function* paged<T extends { id: string }>(read: (after: string) => Promise<T[]>): AsyncGenerator<T> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await read(after);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return;
    after = last.id;
  }
}

const page = { orderBy: { id: 'asc' }, take: pageSize } as const;

const sections: Section[] = [
  {
    name: 'sessions',
    about: 'Each browser you signed in with.',
    async *rows(can) {
      const select = {
        id: true,
        createdAt: true,
        lastSeenAt: true,
        endedAt: true,
        endedAs: true,
        ip: true,
        userAgent: true,
      };
      const read = (id: string) =>
        can.read(ownAccount, (tables) =>
          tables.session.findMany({ where: { userId: can.actor.id, id: { gt: id } }, select, ...page }),
        );
      for await (const row of paged(read)) yield { ...row, browser: deviceWords(row.userAgent) };
    },
  },
  {
    name: 'signIns',
    about: 'Each attempt to sign in to your account.',
    async *rows(can) {
      const select = { id: true, at: true, email: true, result: true, ip: true, userAgent: true };
      yield* paged((id) =>
        can.read(ownAccount, (tables) =>
          tables.signInAttempt.findMany({ where: { userId: can.actor.id, id: { gt: id } }, select, ...page }),
        ),
      );
    },
  },
  {
    name: 'invitations',
    about: 'Each invitation you were sent.',
    async *rows(can) {
      const select = {
        id: true,
        email: true,
        firstName: true,
        lastName: true,
        phone: true,
        state: true,
        message: true,
        createdAt: true,
        sentAt: true,
        openedAt: true,
        endedAt: true,
        expiresAt: true,
        organization: { select: { name: true } },
      };
      const read = (id: string) =>
        can.read(ownAccount, (tables) =>
          tables.invitation.findMany({ where: { userId: can.actor.id, id: { gt: id } }, select, ...page }),
        );
      for await (const { organization, ...row } of paged(read)) {
        yield { ...row, organization: organization?.name ?? null };
      }
    },
  },
  {
    name: 'emails',
    about: 'Each email Rollcall sent you: what it was and when. Only your mailbox has the emails themselves.',
    async *rows(can) {
      const select = {
        id: true,
        template: true,
        toAddress: true,
        toName: true,
        state: true,
        createdAt: true,
        sentAt: true,
      };
      // Emails about an invitation are stored under the invitation only, because their sender knows of no account.
      const invitations = await can.read(ownAccount, (tables) =>
        tables.invitation.findMany({ where: { userId: can.actor.id }, select: { id: true } }),
      );
      const mine = [
        { userId: can.actor.id },
        { subjectType: 'invitation', subjectId: { in: invitations.map(({ id }) => id) } },
      ];
      yield* paged((id) =>
        can.read(ownAccount, (tables) =>
          tables.email.findMany({ where: { OR: mine, id: { gt: id } }, select, ...page }),
        ),
      );
    },
  },
  {
    name: 'addressChanges',
    about: 'Each new address that you or an admin asked for, and how the request ended.',
    async *rows(can) {
      const select = {
        id: true,
        email: true,
        previous: true,
        createdAt: true,
        confirmedAt: true,
        agreedAt: true,
        takesEffectAt: true,
        endedAt: true,
        endedAs: true,
      };
      yield* paged((id) =>
        can.read(ownAccount, (tables) =>
          tables.emailChange.findMany({ where: { userId: can.actor.id, id: { gt: id } }, select, ...page }),
        ),
      );
    },
  },
  {
    name: 'passwordResets',
    about: 'Each link for a new password that was made for you: when, and whether it was used. Never the link itself.',
    async *rows(can) {
      const select = { id: true, createdAt: true, expiresAt: true, usedAt: true };
      yield* paged((id) =>
        can.read(ownAccount, (tables) =>
          tables.passwordReset.findMany({ where: { userId: can.actor.id, id: { gt: id } }, select, ...page }),
        ),
      );
    },
  },
  {
    name: 'eventsAboutMe',
    about: 'What the audit log says happened to your account, and whether it was you who did it.',
    rows: (can) => events(can, { subjectType: 'user', subjectId: can.actor.id }),
  },
  {
    name: 'eventsByMe',
    about: 'What the audit log says you did. Only the audit log itself says to whom.',
    rows: (can) => events(can, { actorId: can.actor.id }),
  },
];

/** Leaves out the details of events, because they are about other people too. */
async function* events(
  can: Can<'account.own'>,
  where: { subjectType: string; subjectId: string } | { actorId: string },
): AsyncGenerator<Row> {
  let after = 0n;
  for (;;) {
    const rows = await can.read(ownAccount, (tables) =>
      tables.auditEvent.findMany({
        where: { ...where, seq: { gt: after } },
        select: { seq: true, id: true, at: true, action: true, actorKind: true, actorId: true },
        orderBy: { seq: 'asc' },
        take: pageSize,
      }),
    );
    for (const { id, at, action, actorKind, actorId } of rows) {
      const by = actorId === can.actor.id ? 'you' : actorKind === 'user' ? 'somebody else' : actorKind;
      yield { id, at, action, what: actionWords(action), by };
    }
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return;
    after = last.seq;
  }
}
