/** Does every route say who may open it? */
import { globSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { mayOpen, requirementOf, requirements } from '#lib/server/routes.ts';

const folder = fileURLToPath(new URL('../../studio/routes/', import.meta.url));
const routes = globSync('**/{+page.svelte,+server.ts}', { cwd: folder }).map((file) => {
  const route = dirname(file).replaceAll('\\', '/');
  return route === '.' ? '/' : `/${route}`;
});

describe('the table of routes', () => {
  it('names every page and every endpoint, and nothing else', () => {
    expect(routes.length).toBeGreaterThan(15);
    expect(Object.keys(requirements).sort()).toEqual([...new Set(routes)].sort());
  });

  it('closes to everybody what it does not name', () => {
    expect(requirementOf('/somewhere-new')).toBeUndefined();
    expect(requirementOf('toString')).toBeUndefined();
  });

  it('opens what shows a personal thing and a rule to those only who may see both', () => {
    const both = ['order.place', 'ruleset.approve'] as const;
    expect(mayOpen({ roles: ['operator'] }, both)).toBe(false);
    expect(mayOpen({ roles: ['approver'] }, both)).toBe(false);
    expect(mayOpen({ roles: ['operator', 'approver'] }, both)).toBe(true);
  });

  it('lets nobody without a session in, but to the sign-in page and the first run', () => {
    const open = Object.entries(requirements).filter(([, requirement]) => mayOpen(null, requirement));
    expect(open.map(([route]) => route).sort()).toEqual(['/preferences', '/sign-in', '/sign-out', '/welcome']);
  });
});
