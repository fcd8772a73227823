import { TextLink } from '@/components/ui/text-link';
import type { Guide } from '../../guides.schema';

export const importing: Guide = {
  slug: 'importing',
  title: 'Importing users',
  summary: 'Bring in many people from a file: templates, columns, the review of every row, the receipt.',
  readers: ['users.import'],
  pages: ['/imports'],
  parts: [
    {
      id: 'file',
      title: 'The file',
      body: (
        <>
          <p>
            Use a CSV file in UTF-8 or UTF-16 with up to 200,000 rows and 100 MB. Its first line names the columns. Take
            a template from <TextLink href="/imports/new">Import users</TextLink>, or upload an unchanged export from
            Google Workspace, Microsoft Entra, Okta, HubSpot or Moodle.
          </p>
          <table>
            <thead>
              <tr>
                <th scope="col">Template</th>
                <th scope="col">Columns</th>
              </tr>
            </thead>
            <tbody>
              <tr>
                <td>People with role and organization</td>
                <td>
                  <code>email,first_name,last_name,role,organization</code>
                </td>
              </tr>
              <tr>
                <td>Addresses with groups</td>
                <td>
                  <code>email,groups</code>
                </td>
              </tr>
            </tbody>
          </table>
          <ul>
            <li>Separate several roles or groups in one cell with a semicolon or a vertical bar.</li>
            <li>Roles and organizations are found by name; organizations also by slug.</li>
            <li>
              The role <code>admin</code> means Org Admin and needs an organization. It never means System Admin.
            </li>
            <li>Columns with passwords are dropped before anything is stored.</li>
          </ul>
        </>
      ),
    },
    {
      id: 'steps',
      title: 'Step by step',
      body: (
        <ol>
          <li>
            <TextLink href="/imports/new">Upload the file.</TextLink> Nothing happens to anybody yet.
          </li>
          <li>
            Check the columns. Rollcall guesses what each one contains; correct it or leave a column out. Choose whether
            to update people who are already here or to leave them as they are. If you import for the whole platform,
            also choose what happens to people the file marks as suspended.
          </li>
          <li>
            Review every row. Each one says what will happen: the person is added, updated, left unchanged, or cannot be
            imported and why. Start with the errors.
          </li>
          <li>
            Confirm. You can leave the page while the import runs. The invitations are sent at once, as many as your
            organization may send in an hour. The others leave in the hours after; the receipt says when the last one
            does.
          </li>
          <li>
            Read the receipt. Download the rows that failed with their reasons, correct them, and upload only those
            rows. They are kept for 90 days.
          </li>
        </ol>
      ),
    },
    {
      id: 'rules',
      title: 'What an import does and does not do',
      body: (
        <ul>
          <li>It adds roles and groups. It never takes any away.</li>
          <li>It grants only what you may grant yourself. Other rows are refused and listed.</li>
          <li>Importing the same file again changes nothing: nobody is added or invited twice.</li>
          <li>
            People the file marks as suspended are added as inactive and not invited, or left out if you chose that.
          </li>
          <li>A new group grants nothing until it gets roles.</li>
          <li>
            A row is refused and listed if its person was changed after the review. If a role or group in the file was
            changed, review the whole file again.
          </li>
        </ul>
      ),
    },
    {
      id: 'stopped',
      title: 'If it stops',
      body: (
        <p>
          After a restart, an import continues where it was. You can also stop it yourself: rows that are done stay
          done, and its page lists the rows that were not reached. If you discard an import before it begins, the file
          is deleted.
        </p>
      ),
    },
  ],
};
