import { connection } from 'next/server';
import { PeoplePage } from './frame';
import { savedList } from './saved-list';

/**
 * The cost of rendering alone: the users page with its frame and the same fifty rows from memory, without a session or
 * a database.
 */
export default async function BaselinePage() {
  await connection();
  return savedList && <PeoplePage list={savedList} params={{ size: '50' }} />;
}
