import { isTemplateName, templates } from '@/features/imports/templates.schema';
import { csvBom, csvLine } from '@/lib/csv';
import { Fail } from '@/server/fail';
import { readRoute } from '@/server/route';

export const GET = readRoute({
  name: 'import.template',
  permission: 'users.import',
  run: async (_can, { name }) => {
    if (!isTemplateName(name)) throw new Fail('not_found');
    const { fileName, header, example } = templates[name];
    return new Response(csvBom + csvLine(header) + csvLine(example), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${fileName}"`,
      },
    });
  },
});
