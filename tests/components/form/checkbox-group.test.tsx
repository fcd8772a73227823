import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { CheckboxGroup } from '@/components/form/checkbox-group';

const group = (count: number) =>
  renderToStaticMarkup(
    <CheckboxGroup
      name="roles"
      legend="Roles"
      options={Array.from({ length: count }, (_, n) => ({ value: `role-${n}`, label: `Role ${n}` }))}
      defaultValues={['role-3']}
    />,
  );

test('seven choices stand as they are; from eight on they have a search, and every one is there without scripts', () => {
  expect(group(7)).not.toContain('type="search"');
  const many = group(40);
  expect(many).toContain('aria-label="Search: Roles"');
  // Scripts alone can search, so without them the field is not shown.
  expect(many).toMatch(/noscript:hidden"><svg[\s\S]*type="search"/);
  expect(many.match(/type="checkbox"/g)).toHaveLength(40);
  expect(many.match(/checked=""/g)).toHaveLength(1);
  expect(many).not.toContain('hidden=""');
});
