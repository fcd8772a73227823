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
  ['/', 'Go to the search of this page'],
  ['j', 'Next row'],
  ['k', 'Row before'],
  ['x', 'Select the row'],
  ['e', 'Edit'],
  ['?', 'Show the keys'],
];

export const keyboard: Guide = {
  slug: 'keyboard',
  title: 'Keyboard',
  summary: 'Find anything with one key, and get about without the mouse.',
  readers: 'everybody',
  pages: [],
  parts: [
    {
      id: 'find',
      title: 'Find anything',
      body: (
        <p>
          Press <Kbd>Ctrl</Kbd> <Kbd>K</Kbd>, or <Kbd>⌘</Kbd> <Kbd>K</Kbd> on a Mac, on any page of the console, and
          type a part of a name: people, organizations, pages and actions that you may open are found. Arrow keys
          choose, <Kbd>Enter</Kbd> opens, <Kbd>Esc</Kbd> closes.
        </p>
      ),
    },
    {
      id: 'letters',
      title: 'Single keys',
      body: (
        <>
          <p>
            Press them one after the other, while you are not typing into a field. Those of pages you may not open do
            nothing.
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
      title: 'Switch them off',
      body: (
        <p>
          If single keys get in the way, of speech input for instance, switch them off under{' '}
          <TextLink href="/account/preferences">Preferences</TextLink>. That is kept in your account.
        </p>
      ),
    },
  ],
};
