import { expect, test } from 'vitest';
import { sourceFiles, withoutComments } from './files';

/** Below `src`. A new file belongs here only if none of its statements can carry a scope: see server/scope.ts. */
const filesWithReasons = [
  'demo/sign-ins.ts',
  'demo/world.ts',
  'features/account/access.queries.ts',
  'features/account/credential.service.ts',
  'features/account/password-keys.queries.ts',
  'features/account/password-reset.service.ts',
  'features/account/password.service.ts',
  'features/account/personal-data.queries.ts',
  'features/account/personal-data.service.ts',
  'features/account/preferences.service.ts',
  'features/account/profile.queries.ts',
  'features/account/reset-links.service.ts',
  'features/account/sessions.queries.ts',
  'features/account/sign-in.queries.ts',
  'features/audit/history.queries.ts',
  'features/audit/list.queries.ts',
  'features/emails/mail-service.queries.ts',
  'features/emails/waiting.queries.ts',
  'features/exports/download.service.ts',
  'features/figures/days.queries.ts',
  'features/figures/days.service.ts',
  'features/groups/bulk-create.service.ts',
  'features/groups/create.service.ts',
  'features/groups/deletion.service.ts',
  'features/groups/members-rank.queries.ts',
  'features/groups/members.queries.ts',
  'features/groups/update.service.ts',
  'features/imports/apply-audit.service.ts',
  'features/imports/details.queries.ts',
  'features/imports/failed-rows.queries.ts',
  'features/imports/repeated-rows.service.ts',
  'features/imports/revalidate.service.ts',
  'features/imports/review.queries.ts',
  'features/imports/staging.service.ts',
  'features/imports/steps.service.ts',
  'features/imports/validate.queries.ts',
  'features/imports/validate.service.ts',
  'features/invitations/acceptance/accept.service.ts',
  'features/invitations/acceptance/link.queries.ts',
  'features/invitations/acceptance/new-link.service.ts',
  'features/invitations/acceptance/opened.service.ts',
  'features/invitations/bulk-send.service.ts',
  'features/invitations/bulk/plan.queries.ts',
  'features/invitations/cancel.service.ts',
  'features/invitations/confirm.service.ts',
  'features/invitations/delivery.service.ts',
  'features/invitations/expire.service.ts',
  'features/invitations/form-options.queries.ts',
  'features/invitations/history.queries.ts',
  'features/invitations/insert.service.ts',
  'features/invitations/mail.service.ts',
  'features/invitations/reminders.service.ts',
  'features/invitations/resend.service.ts',
  'features/invitations/send.service.ts',
  'features/memberships/copies.service.ts',
  'features/memberships/grants.service.ts',
  'features/memberships/groups.service.ts',
  'features/memberships/membership.service.ts',
  'features/memberships/platform-roles.service.ts',
  'features/organizations/create.service.ts',
  'features/organizations/list.queries.ts',
  'features/plans/announce.service.ts',
  'features/plans/applying/chunks.service.ts',
  'features/plans/applying/failure.service.ts',
  'features/plans/applying/lock.service.ts',
  'features/plans/details.queries.ts',
  'features/plans/hash.service.ts',
  'features/plans/lifecycle.service.ts',
  'features/plans/lost-plans.service.ts',
  'features/plans/progress.queries.ts',
  'features/plans/rows.queries.ts',
  'features/plans/rows.service.ts',
  'features/retention/expired-records.service.ts',
  'features/roles/grant.queries.ts',
  'features/roles/list.queries.ts',
  'features/set-up/first-admin.service.ts',
  'features/users/account-lock.service.ts',
  'features/users/archive.service.ts',
  'features/users/bulk-accounts.service.ts',
  'features/users/confirmed-address.service.ts',
  'features/users/counts.queries.ts',
  'features/users/create.service.ts',
  'features/users/deactivation.queries.ts',
  'features/users/deactivation.service.ts',
  'features/users/email-change/confirm.service.ts',
  'features/users/email-change/consent.queries.ts',
  'features/users/email-change/consent.service.ts',
  'features/users/email-change/due.service.ts',
  'features/users/email-change/pending.queries.ts',
  'features/users/email-change/pending.service.ts',
  'features/users/email-change/request.service.ts',
  'features/users/email-change/requester.queries.ts',
  'features/users/email-change/take-address.service.ts',
  'features/users/filter.queries.ts',
  'features/users/invited-accounts.service.ts',
  'features/users/last-admin.queries.ts',
  'features/users/profile.service.ts',
  'features/users/rank.queries.ts',
  'features/users/sign-in-help.service.ts',
];

const product = sourceFiles('src').filter(({ path }) => !path.startsWith('src/server/'));

test('only the listed files have statements without a scope', () => {
  const found = product.filter(({ text }) => /\bunscoped\(/.test(withoutComments(text)));
  expect(found.map(({ path }) => path.replace('src/', '')).sort()).toEqual(filesWithReasons);
});

test('every reason is a phrase', () => {
  const reasons = product.flatMap(({ text }) => [...text.matchAll(/\bunscoped\(\s*(['"])(.*?)\1/g)]);
  expect(reasons.length).toBeGreaterThan(filesWithReasons.length / 2);
  expect(reasons.map(([, , reason = '']) => reason).filter((reason) => reason.split(' ').length < 2)).toEqual([]);
});

const byHand = /\$\{[^}]*\b(organizationIds|scopeIds)\b[^}]*\}::uuid\[\]/;

test('no feature writes the organizations of a scope into SQL', () => {
  expect(product.filter(({ text }) => byHand.test(withoutComments(text))).map(({ path }) => path)).toEqual([]);
  expect(byHand.test(`WHERE m.organization_id = ANY(\${scope.organizationIds}::uuid[])`)).toBe(true);
});
