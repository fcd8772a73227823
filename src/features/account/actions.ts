'use server';

import { profileEditSchema } from '@/features/users/editing/schema';
import { ownSignInPath, readSlug } from '@/server/auth/door';
import { failures } from '@/server/fail';
import { action, done, stay } from '@/server/work';
import { landingPath } from './policy';
import { preferencesSchema, singleKeysSchema } from './preferences/schema';
import { savePreferences, saveSingleKeys } from './preferences/service';
import { updateOwnProfile } from './profile/service';
import { changePasswordSchema, forgotPasswordSchema, noFields, resetPasswordSchema } from './schema';
import { askForReset, changePassword, endOwnSession, resetPassword } from './service';
import { endSessionSchema } from './sessions/schema';
import { endMyOthers, endOneOfMine } from './sessions/service';
import { doorQuery } from './sign-in/schema';

export const forgotPasswordAction = action({
  name: 'password.forgot',
  permission: 'public',
  input: forgotPasswordSchema,
  run: async (work, input) => {
    await askForReset(work, input);
    return done(`/forgot-password?sent=1${doorQuery(readSlug(input.organization), '&')}`);
  },
});

export const resetPasswordAction = action({
  name: 'password.reset',
  permission: 'public',
  input: resetPasswordSchema,
  run: async (work, input) => {
    await resetPassword(work, input);
    return done(await ownSignInPath(), 'password.reset');
  },
});

export const changePasswordAction = action({
  name: 'password.change',
  permission: 'session.own',
  input: changePasswordSchema,
  run: async (work, input) => {
    const changed = await changePassword(work, input);
    if ('token' in changed) return done(input.next || landingPath(work), 'account.password-changed', changed);
    if (changed.refused === 'too_many') return stay({ formError: failures.too_many });
    return stay({ fieldErrors: { currentPassword: [failures['password.wrong']] } });
  },
});

export const signOutAction = action({
  name: 'session.end',
  permission: 'session.own',
  input: noFields,
  run: async (work) => {
    await endOwnSession(work);
    return done(await ownSignInPath(), 'session.ended', 'end');
  },
});

export const updateOwnProfileAction = action({
  name: 'account.profile',
  permission: 'account.own',
  input: profileEditSchema,
  run: async (work, input) => {
    const outcome = await updateOwnProfile(work, input);
    if (outcome.kind === 'conflict') {
      const { conflict, values } = outcome;
      return stay({
        formError: 'Nothing was saved yet: your profile was changed while you were editing.',
        conflict,
        values,
      });
    }
    return done('/account', outcome.kind === 'saved' ? 'account.saved' : 'account.unchanged');
  },
});

export const savePreferencesAction = action({
  name: 'account.preferences',
  permission: 'account.own',
  input: preferencesSchema,
  unaudited: true,
  run: async (work, input) => {
    await savePreferences(work, input);
    return done('/account/preferences', 'account.preferences-saved');
  },
});

/** The switch in the list of keys, which stays open. */
export const saveSingleKeysAction = action({
  name: 'account.single-keys',
  permission: 'account.own',
  input: singleKeysSchema,
  unaudited: true,
  run: async (work, { singleKeys }) => {
    await saveSingleKeys(work, singleKeys);
    return stay({});
  },
});

export const endOwnSessionAction = action({
  name: 'account.session.end',
  permission: 'account.own',
  input: endSessionSchema,
  run: async (work, { id }) => {
    await endOneOfMine(work, id);
    return id === work.sessionId
      ? done(await ownSignInPath(), 'session.ended', 'end')
      : done('/account/sessions', 'account.session-ended');
  },
});

export const endOtherSessionsAction = action({
  name: 'account.sessions.end-others',
  permission: 'account.own',
  input: noFields,
  run: async (work) => {
    await endMyOthers(work);
    return done('/account/sessions', 'account.sessions-ended');
  },
});
