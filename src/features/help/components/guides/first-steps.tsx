import { TextLink } from '@/components/ui/text-link';
import type { Guide } from '../../guides.schema';

export const firstSteps: Guide = {
  slug: 'first-steps',
  title: 'First steps for admins',
  summary: 'From an empty list to people who can work, and what to look at every week.',
  readers: ['users.invite', 'users.import'],
  pages: ['/'],
  parts: [
    {
      id: 'home',
      title: 'What Home shows',
      body: (
        <p>
          <TextLink href="/">Home</TextLink> counts the people you look after, and lists what waits for you: invitations
          nobody answered, emails that failed, imports to confirm. Each line leads to where it is dealt with. Nothing
          listed means nothing waits.
        </p>
      ),
    },
    {
      id: 'prepare',
      title: 'Before you invite anybody',
      body: (
        <ol>
          <li>
            Look at the <TextLink href="/roles">roles</TextLink>: each says what it permits. Choose the smallest that is
            enough.
          </li>
          <li>
            Decide on groups. Whoever is in a <TextLink href="/groups">group</TextLink> holds all of its roles, so
            several people with the same work are easier to keep equal. You can make one while you invite.
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
            A few: <TextLink href="/users/new">invite them one by one</TextLink>, see{' '}
            <TextLink href="/help/inviting">Inviting people</TextLink>.
          </li>
          <li>
            Many: <TextLink href="/imports/new">import a file</TextLink>, see{' '}
            <TextLink href="/help/importing">Importing people</TextLink>.
          </li>
        </ul>
      ),
    },
    {
      id: 'new-colleague',
      title: 'For each new colleague',
      body: (
        <ol>
          <li>Invite them with their role, and write two sentences of welcome.</li>
          <li>Tell them the sign-in address of your organization. It stands on the organization’s page.</li>
          <li>After three days, look whether they came: open invitations say how long they wait.</li>
          <li>Show them this help: what they may do is under My account.</li>
          <li>After the first sign-in, ask whether they find what they need.</li>
        </ol>
      ),
    },
    {
      id: 'regularly',
      title: 'What to look at regularly',
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
                <TextLink href="/invitations">Invitations</TextLink> that wait, expired or did not arrive: send them
                again or cancel them
              </td>
            </tr>
            <tr>
              <td>Every month</td>
              <td>
                <TextLink href="/users?dormant=90">People who did nothing for 90 days</TextLink> and{' '}
                <TextLink href="/users?signedIn=never">who never signed in</TextLink>: ask them, then deactivate who
                needs no access
              </td>
            </tr>
            <tr>
              <td>Every quarter</td>
              <td>
                Who holds which role: filter the <TextLink href="/users">list of people</TextLink> by role, and take
                away what is not needed any more
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
