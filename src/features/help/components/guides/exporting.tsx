import { TextLink } from '@/components/ui/text-link';
import type { Guide } from '../../guides.schema';

export const exporting: Guide = {
  slug: 'exporting',
  title: 'Exporting lists',
  summary: 'Download people, invitations or the audit log as a file.',
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
            The file contains the same rows in the same order.
          </li>
          <li>Choose Export.</li>
          <li>Tick the columns and choose a format.</li>
          <li>Download the file. It is written while it downloads, so a long list starts at once too.</li>
        </ol>
      ),
    },
    {
      id: 'formats',
      title: 'Which format',
      body: (
        <ul>
          <li>CSV for spreadsheets opens in Excel, Numbers and LibreOffice with every letter right.</li>
          <li>CSV for programs is the same file without the mark that Excel needs at its beginning.</li>
          <li>JSON lines has one object per line, with roles and groups as lists.</li>
        </ul>
      ),
    },
    {
      id: 'care',
      title: 'Handle the file with care',
      body: (
        <p>
          The file contains personal data, and Rollcall no longer protects it. Each export is recorded in the audit log
          with the name of the person who made it. You can export only what you can see. Delete the file when you no
          longer need it.
        </p>
      ),
    },
  ],
};
