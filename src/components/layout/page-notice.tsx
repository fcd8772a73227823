import type { ReactNode } from 'react';
import { newId } from '@/lib/ids';
import { findNotice } from '@/lib/notices';
import { Notice } from '../ui/notice';
import { Once } from './once';

type Props = {
  searchParams: Record<string, string | string[] | undefined>;
  undo?: ReactNode;
};

export function PageNotice({ searchParams, undo }: Props) {
  const notice = findNotice(searchParams.notice);
  if (!notice) return null;
  return (
    <Once id={newId()}>
      <div className="mb-5">
        <Notice tone={notice.tone} action={undo}>
          {notice.text}
        </Notice>
      </div>
    </Once>
  );
}
