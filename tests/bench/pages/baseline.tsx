import { connection } from 'next/server';
import { PeoplePage } from './frame';
import { savedList } from './saved-list';

/**
 * What rendering the list costs by itself: the page of users, its frame included, with the same fifty rows from memory; no
 * session is looked up and no database asked.
 */
export default async function BaselinePage() {
  await connection();
  return savedList && <PeoplePage list={savedList} params={{ size: '50' }} />;
}
