import { TextLink } from '@/components/ui/text-link';
import type { Guide } from '../../guides.schema';

export const firstSteps: Guide = {
  slug: 'first-steps',
  title: 'First steps for admins',
  summary: 'How to bring people in, and what to check every week.',
  readers: ['users.invite', 'users.import'],
  pages: ['/'],
  parts: [
    {
      id: 'home',
      title: 'What Home shows',
      body: (
        <p>
          <TextLink href="/">Home</TextLink> counts the people you look after and lists what waits for you: invitations
          nobody answered, emails that failed, imports to confirm. Each line leads to the page where you can deal with
          it. If the list is empty, nothing waits for you.
        </p>
      ),
    },
    {
      id: 'prepare',
      title: 'Before you add anybody',
      body: (
        <ol>
          <li>
            Read what each <TextLink href="/roles">role</TextLink> allows. Choose the smallest one that is enough.
          </li>
          <li>
            Decide whether you need groups. Everybody in a <TextLink href="/groups">group</TextLink> has all of its
            roles, so a group keeps the access of people with the same work the same. You can make one while you add a
            user.
          </li>
        </ol>
      ),
    },
    {
      id: 'people',
      title: 'Bring people in',
      body: (
        <ul>
          <li>
            A few people: <TextLink href="/users/new">add users one by one</TextLink>. See{' '}
            <TextLink href="/help/inviting">Adding users and inviting them</TextLink>.
          </li>
          <li>
            Many people: <TextLink href="/imports/new">import users</TextLink> from a file. See{' '}
            <TextLink href="/help/importing">Importing users</TextLink>.
          </li>
        </ul>
      ),
    },
    {
      id: 'new-colleague',
      title: 'For each new colleague',
      body: (
        <ol>
          <li>Add them with their role, and write a short welcome message.</li>
          <li>
            Give them your organization’s sign-in address. You find it on the{' '}
            <TextLink href="/organizations">organization’s</TextLink> page.
          </li>
          <li>
            After three days, check whether they accepted. The list of{' '}
            <TextLink href="/invitations">invitations</TextLink> shows how long each one has waited.
          </li>
          <li>Show them this help. Their own access is listed under My account.</li>
          <li>After their first sign-in, ask whether they find what they need.</li>
        </ol>
      ),
    },
    {
      id: 'regularly',
      title: 'What to check regularly',
      body: (
        <table>
          <thead>
            <tr>
              <th scope="col">How often</th>
              <th scope="col">What</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <td>Every week</td>
              <td>
                <TextLink href="/invitations">Invitations</TextLink> that are unanswered, expired or did not arrive:
                resend or cancel them
              </td>
            </tr>
            <tr>
              <td>Every month</td>
              <td>
                <TextLink href="/users?dormant=90">People without activity for 90 days</TextLink> and{' '}
                <TextLink href="/users?signedIn=never">people who never signed in</TextLink>: ask them, then deactivate
                those who need no access
              </td>
            </tr>
            <tr>
              <td>Every quarter</td>
              <td>
                Roles: filter the <TextLink href="/users">list of people</TextLink> by role, and remove roles that are
                no longer needed
              </td>
            </tr>
            <tr>
              <td>At once</td>
              <td>
                Somebody leaves: <TextLink href="/help/deactivating">deactivate them</TextLink> the same day
              </td>
            </tr>
          </tbody>
        </table>
      ),
    },
  ],
};
