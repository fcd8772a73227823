import { findNotice } from '@/lib/notices';
import { Notice } from '../ui/notice';

/** What the change before this page did, in place and read out. */
export function PageNotice({ searchParams }: { searchParams: Record<string, string | string[] | undefined> }) {
  const notice = findNotice(searchParams.notice);
  if (!notice) return null;
  return (
    <div className="mb-5">
      <Notice tone={notice.tone}>{notice.text}</Notice>
    </div>
  );
}
