import { connection } from 'next/server';

/** Shows what Next itself sends for an empty page. */
export default async function EmptyPage() {
  await connection();
  return <p>Nothing</p>;
}
