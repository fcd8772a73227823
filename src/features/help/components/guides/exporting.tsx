import { TextLink } from '@/components/ui/text-link';
import type { Guide } from '../../guides.schema';

export const exporting: Guide = {
  slug: 'exporting',
  title: 'Exporting lists',
  summary: 'Take people, invitations or the audit log along as a file.',
  readers: ['users.export', 'audit.read'],
  pages: ['/users/export', '/invitations/export', '/audit/export'],
  parts: [
    {
      id: 'steps',
      title: 'Step by step',
      body: (
        <ol>
          <li>
            Filter the list first: <TextLink href="/users">people</TextLink>,{' '}
            <TextLink href="/invitations">invitations</TextLink> or the <TextLink href="/audit">audit log</TextLink>.
            The file holds what the list holds, in its order.
          </li>
          <li>Choose Export.</li>
          <li>Tick the columns and choose a format.</li>
          <li>Download it. However long the list is, it is written while it is downloaded.</li>
        </ol>
      ),
    },
    {
      id: 'formats',
      title: 'Which format',
      body: (
        <ul>
          <li>CSV for spreadsheets opens in Excel, Numbers and LibreOffice with every letter right.</li>
          <li>CSV for programs is the same without the mark at its beginning that Excel needs.</li>
          <li>JSON lines holds one object a line; roles and groups are lists.</li>
        </ul>
      ),
    },
    {
      id: 'care',
      title: 'With care',
      body: (
        <p>
          The file holds personal data and leaves Rollcall’s protection. Each export is in the audit log, with who made
          it. You export only what you may see; delete the file when it has done its work.
        </p>
      ),
    },
  ],
};
