import { connection } from 'next/server';

/** What Next itself sends for a page with nothing on it. */
export default async function EmptyPage() {
  await connection();
  return <p>Nothing</p>;
}
