import { NothingHere } from '@/components/layout/refusal';
import { isUnknownAddress, viewer } from '@/server/viewer';
import { ConsoleFrame } from './(console)/console-frame';

/**
 * For an address that no page has. Who is signed in keeps the console around it. Next sends this part with every page, so
 * the console is in it only where it is shown.
 */
export default async function NotFound() {
  const can = (await isUnknownAddress()) ? await viewer() : null;
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
