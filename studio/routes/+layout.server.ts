/** What every page knows: language, look, who is signed in, and where they may go. */
import { mayOpen, requirementOf } from '#lib/server/routes.ts';
import { zoneBeforeSetUp } from '#lib/server/today.ts';
import { workplaceIds } from '#lib/shell/workplace-ids.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals: { actor, tenant, locale, theme } }) => ({
  locale,
  theme,
  zone: tenant?.zone ?? zoneBeforeSetUp,
  operator: tenant?.name[locale] ?? '',
  person: actor && { name: actor.name, email: actor.email, roles: actor.roles },
  visible: workplaceIds.filter((id) => {
    const requirement = requirementOf(id === 'home' ? '/' : `/${id}`);
    return requirement !== undefined && mayOpen(actor, requirement);
  }),
});
