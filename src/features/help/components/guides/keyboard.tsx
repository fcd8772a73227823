import { Kbd } from '@/components/ui/kbd';
import { TextLink } from '@/components/ui/text-link';
import type { Guide } from '../../guides.schema';

const keys: [keys: string, what: string][] = [
  ['g h', 'Home'],
  ['g u', 'Users'],
  ['g i', 'Invitations'],
  ['g m', 'Imports'],
  ['g r', 'Roles'],
  ['g p', 'Groups'],
  ['g x', 'Matrix'],
  ['g o', 'Organizations'],
  ['g a', 'Audit log'],
  ['g e', 'Email log'],
  ['/', 'Search this page'],
  ['j', 'Next row'],
  ['k', 'Previous row'],
  ['x', 'Select the row'],
  ['e', 'Edit'],
  ['?', 'Show keyboard shortcuts'],
];

export const keyboard: Guide = {
  slug: 'keyboard',
  title: 'Keyboard',
  summary: 'Find anything and move around without the mouse.',
  readers: 'everybody',
  pages: ['/search'],
  parts: [
    {
      id: 'find',
      title: 'Find anything',
      body: (
        <p>
          Press <Kbd>Ctrl</Kbd> <Kbd>K</Kbd>, or <Kbd>⌘</Kbd> <Kbd>K</Kbd> on a Mac, on any page of the console, and
          type part of a name. You find what is open to you: people, organizations, groups, roles, guides, pages, and
          every action of the page you are on. Choose with the arrow keys, open with <Kbd>Enter</Kbd>, close with{' '}
          <Kbd>Esc</Kbd>.
        </p>
      ),
    },
    {
      id: 'letters',
      title: 'Single keys',
      body: (
        <>
          <p>
            Press the keys one after the other while you are not typing in a field. Keys for pages that are not open to
            you do nothing.
          </p>
          <table>
            <thead>
              <tr>
                <th scope="col">Keys</th>
                <th scope="col">Does</th>
              </tr>
            </thead>
            <tbody>
              {keys.map(([pressed, what]) => (
                <tr key={pressed}>
                  <td>
                    {pressed.split(' ').map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </td>
                  <td>{what}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      ),
    },
    {
      id: 'off',
      title: 'Switch single keys off',
      body: (
        <p>
          If single keys get in the way, for example of speech input, switch them off under{' '}
          <TextLink href="/account/preferences">Preferences</TextLink>. The choice is saved in your account.
        </p>
      ),
    },
  ],
};
