import type { ReactNode } from 'react';
import { findNotice } from '@/lib/notices';
import { Notice } from '../ui/notice';

type Props = {
  searchParams: Record<string, string | string[] | undefined>;
  undo?: ReactNode;
};

export function PageNotice({ searchParams, undo }: Props) {
  const notice = findNotice(searchParams.notice);
  if (!notice) return null;
  return (
    <div className="mb-5">
      <Notice tone={notice.tone} action={undo}>
        {notice.text}
      </Notice>
    </div>
  );
}
