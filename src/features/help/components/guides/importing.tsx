import { TextLink } from '@/components/ui/text-link';
import type { Guide } from '../../guides.schema';

export const importing: Guide = {
  slug: 'importing',
  title: 'Importing people',
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
            A CSV file with a first line that names the columns, up to 100 MB and 200,000 rows, in UTF-8 or UTF-16. Take
            a template from <TextLink href="/imports/new">Import people</TextLink>, or use an export of Google
            Workspace, Microsoft Entra, Okta, HubSpot or Moodle as it is.
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
            <li>Several roles or groups in one cell stand apart by a semicolon or a bar.</li>
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
            Look at the columns. Rollcall guesses what each holds; correct it, or leave a column out. Choose what
            happens to people who are here already (update them, or leave them as they are) and to people the file calls
            deactivated.
          </li>
          <li>
            Review every row. Each says what it would do: create, update with the difference, nothing, or why it cannot
            be done. Look at the errors first.
          </li>
          <li>Confirm. That sends the invitations, at once. You may leave the page while it works.</li>
          <li>
            Read the receipt. Download the rows that failed, with the reason, mend them and upload them alone. They are
            kept for 90 days.
          </li>
        </ol>
      ),
    },
    {
      id: 'rules',
      title: 'What an import does and does not',
      body: (
        <ul>
          <li>It only adds roles and groups. It takes none away.</li>
          <li>It hands out only what you may hand out; other rows are refused and listed.</li>
          <li>The same file again changes nothing: nobody is created or invited twice.</li>
          <li>A person the file calls suspended arrives inactive and uninvited, or is left out, as you choose.</li>
          <li>A new group grants nothing until it gets roles.</li>
          <li>
            Rows whose person changed between the review and their turn are refused and listed. If a role or group that
            the file hands out was changed, the whole file has to be reviewed again.
          </li>
        </ul>
      ),
    },
    {
      id: 'stopped',
      title: 'If it stops',
      body: (
        <p>
          An import goes on after a restart where it was. You can stop it yourself: what was done before stays done, and
          its page lists the rows that were not reached. One that you discard before it begins leaves nothing of its
          file.
        </p>
      ),
    },
  ],
};
