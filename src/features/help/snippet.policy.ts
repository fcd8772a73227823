import { fold } from '@/lib/text';

const around = 60;

export function snippetOf(text: string, search: string): string {
  const first = fold(search).split(/\s+/).find(Boolean) ?? '';
  const at = Math.max(0, fold(text).indexOf(first));
  const start = at <= around ? 0 : text.indexOf(' ', at - around) + 1;
  const end = Math.min(text.length, at + first.length + around);
  const cut = end < text.length ? text.lastIndexOf(' ', end) : end;
  return `${start > 0 ? '… ' : ''}${text.slice(start, Math.max(cut, at + first.length))}${end < text.length ? ' …' : ''}`;
}
