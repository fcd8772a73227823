import { TextLink } from '@/components/ui/text-link';
import type { Guide } from '../../guides.schema';

export const people: Guide = {
  slug: 'people',
  title: 'People and their pages',
  summary: 'Find somebody, read their page, edit their profile, change their address.',
  readers: ['users.read'],
  pages: ['/users'],
  parts: [
    {
      id: 'find',
      title: 'Find somebody',
      body: (
        <>
          <p>
            <TextLink href="/users">Users</TextLink> lists everybody you may see: the whole platform, or the people of
            your organization. Type into the search, and the list follows. Each word may be any part of a name or
            address; their order, commas, capitals and accents make no difference, so “Lovelace, Ada” finds Ada
            Lovelace, and “ada acme” finds ada@acme.com. Two letters find only words that begin with them. One letter by
            itself finds names and addresses that begin with it; beside a longer word it is left out.
          </p>
          <p>
            Four digits or more are also part of a phone number, however it is written: +44 20 7946 0000, or 020 7946.
            You can type the letters of a domain, such as müller.de, or its form in addresses, xn--mller-kva.de. The
            list leaves out archived people, but a search finds them; their status says Archived.
          </p>
          <p>
            You can also filter by status, role, group, organization, team, time without activity, people who never
            signed in, and the day the account was created. The role filter includes roles from groups. The address of
            the page contains the whole search, so you can save it or send it as a link. Each reader sees only the
            people they may see.
          </p>
          <p>
            Choose a column heading to sort. Under Columns you choose what is shown; the choice is saved for you. The
            list records a person’s last activity once an hour; their page has it to the minute.
          </p>
        </>
      ),
    },
    {
      id: 'status',
      title: 'What the status means',
      body: (
        <table>
          <thead>
            <tr>
              <th scope="col">Status</th>
              <th scope="col">Means</th>
              <th scope="col">What you can do</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <td>Invited</td>
              <td>The person has not activated the account and cannot sign in yet</td>
              <td>Resend the invitation, or cancel it</td>
            </tr>
            <tr>
              <td>Active</td>
              <td>Can sign in</td>
              <td>Edit, change access, send a password reset, deactivate, archive</td>
            </tr>
            <tr>
              <td>Inactive</td>
              <td>Deactivated: the account is kept, but the person cannot sign in</td>
              <td>Reactivate, archive</td>
            </tr>
            <tr>
              <td>Archived</td>
              <td>
                Cannot sign in, and lists leave them out. A person who was never active is archived when their only
                invitation is cancelled
              </td>
              <td>Restore. If they were never active, you can also invite them again</td>
            </tr>
          </tbody>
        </table>
      ),
    },
    {
      id: 'page',
      title: 'A person’s page',
      body: (
        <p>
          Choose a name to open the person’s page. Profile shows who they are and when they joined. Access lists their
          roles and where each one comes from, and their groups, organizations and teams. History shows each change with
          the values before and after, who made it and why.
        </p>
      ),
    },
    {
      id: 'edit',
      title: 'Edit a profile',
      body: (
        <>
          <ol>
            <li>Open the person’s page and choose Edit, or press e on their row in the list.</li>
            <li>Change the name, phone or extension, and save.</li>
          </ol>
          <p>
            If somebody else changed the same person in the meantime, nothing is overwritten. You see what they changed
            and decide field by field.
          </p>
        </>
      ),
    },
    {
      id: 'address',
      title: 'Change an email address',
      body: (
        <>
          <p>
            Choose Change address on the person’s page. A link goes to the new address and works for 24 hours. Until
            somebody confirms it there, the old address stays. After the change the person is signed out everywhere,
            links sent to the old address stop working, and both addresses get an email about it.
          </p>
          <p>
            If an Org Admin asks for the change, the old address has a say as well. It gets an email with a link to
            agree or to stop the change. When the new address has confirmed, the change takes effect as soon as the old
            one agrees, or 72 hours later if nobody stops it. Until then the person signs in with the old address, and
            links for a new password go there. The person’s page shows who asked and when the change takes effect. An
            admin can drop it there, and the person can under <TextLink href="/account/email">My account</TextLink>.
            Setting a new password by a link from Rollcall ends it too.
          </p>
          <p>
            A System Admin can change the address without the link. Do that only if you are sure the address is right:
            with a mistyped one, a stranger could get in.
          </p>
        </>
      ),
    },
    {
      id: 'sign-in-help',
      title: 'Help somebody sign in',
      body: (
        <>
          <p>
            <strong>They forgot their password.</strong> Choose Send password reset on their page or in the menu of
            their row. They get an email with a link that works once, for 30 minutes. You never see the link. Until they
            use it, their password stays the same. People can also choose “Forgot your password?” on the sign-in page.
          </p>
          <p>
            <strong>Their sign-in is locked.</strong> After 5 wrong passwords everybody has to wait a minute, then
            longer, up to 15 minutes. The person’s page says until when, and after how many wrong passwords. Unlock ends
            the wait. After 100 wrong passwords in a row it does not end by itself: unlock it, or send a password reset.
            The person can still sign in on a device where they have signed in before.
          </p>
          <p>
            Many wrong passwords can be a stranger who guesses, so ask the person before you unlock them. System Admins
            see the failed sign-ins in the person’s History.
          </p>
          <p>
            No reset can be sent to people who are invited (resend the invitation), inactive (reactivate them first) or
            archived, nor to an address that nobody has confirmed.
          </p>
        </>
      ),
    },
    {
      id: 'cannot-change',
      title: 'When you cannot change somebody',
      body: (
        <ul>
          <li>
            You cannot change people who have the same power as you or more. Org Admins cannot change each other, and
            only System Admins can change System Admins.
          </li>
          <li>
            “Managed by the platform” means that the person also belongs to another organization or has a role on the
            whole platform. Only the platform’s admins can change the account itself. You can change their roles in your
            organization or end their membership there, unless the platform gives them more power than you have.
          </li>
          <li>
            You edit your own profile under <TextLink href="/account">My account</TextLink>.
          </li>
        </ul>
      ),
    },
  ],
};
