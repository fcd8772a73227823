import { NothingHere } from '@/components/layout/refusal';

export default function NotFound() {
  return (
    <main id="main" className="px-4 py-6">
      <NothingHere />
    </main>
  );
}
