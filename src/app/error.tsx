'use client';

import { Failure, type FailureProps } from '@/components/layout/failure';

export default function ErrorPage(props: FailureProps) {
  return (
    <main id="main" className="px-4 py-6">
      <Failure {...props} />
    </main>
  );
}
