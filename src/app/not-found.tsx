import { NothingHere } from '@/components/layout/refusal';
import { viewer } from '@/server/viewer';
import { ConsoleFrame } from './(console)/console-frame';

/** For an address that no page has. Who is signed in keeps the console around it. */
export default async function NotFound() {
  const can = await viewer();
  if (can?.may('account.own')) {
    return (
      <ConsoleFrame can={can}>
        <NothingHere />
      </ConsoleFrame>
    );
  }
  return (
    <main id="main" className="px-4 py-6">
      <NothingHere />
    </main>
  );
}
