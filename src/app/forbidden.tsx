import { NotOpen } from '@/components/layout/refusal';

export default function Forbidden() {
  return (
    <main id="main" className="px-4 py-6">
      <NotOpen />
    </main>
  );
}
