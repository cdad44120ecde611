/** What fits a few words, over all that the person may see. */
import { listBills } from '#runtime/services/list-bills.ts';
import { listRulesets } from '#runtime/services/list-rulesets.ts';
import { mayDo } from '#runtime/access/permissions.ts';
import { textOf } from '#lib/lists/address.ts';
import { entered } from '#lib/server/session.ts';
import type { PageServerLoad } from './$types';

const shownOfEach = 8;

export const load: PageServerLoad = async (event) => {
  const { app, actor } = entered(event);
  const search = textOf(event.url, 'q');
  if (search === undefined) return { search: '', rulesets: null, bills: null };
  const [rulesets, bills] = await Promise.all([
    mayDo(actor, 'ruleset.read') ? listRulesets(app, actor, { search, pageSize: shownOfEach }) : null,
    mayDo(actor, 'bill.read') ? listBills(app, actor, { search, pageSize: shownOfEach }) : null,
  ]);
  return { search, rulesets, bills };
};
