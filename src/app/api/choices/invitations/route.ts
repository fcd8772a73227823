import { readableOrganizations } from '@/features/invitations/form-options.queries';
import { findOrganization, invitationFilterSchema } from '@/features/invitations/list.schema';
import { firstOf, searchParamsOf } from '@/lib/search-params';
import { readRoute } from '@/server/route';

/** The organizations that the filter of invitations offers. */
export const GET = readRoute({
  name: 'invitations.choices',
  permission: 'invitations.read',
  run: async (can, _params, request) => {
    const params = searchParamsOf(request);
    const filter = invitationFilterSchema.parse(params);
    const { organizations } = await readableOrganizations(
      can,
      filter.organization,
      firstOf(params, findOrganization) ?? '',
    );
    return Response.json(organizations.map(({ id, name }) => ({ value: id, label: name })));
  },
});
