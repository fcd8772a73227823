import { connection } from 'next/server';
import { PeoplePage } from './frame';
import { savedList } from './saved-list';

/** The users page without its table: what every page of the console carries around its own content. */
export default async function FrameAlonePage() {
  await connection();
  return savedList && <PeoplePage list={savedList} params={{ size: '50' }} hasTable={false} />;
}
