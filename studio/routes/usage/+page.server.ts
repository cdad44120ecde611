/** The usage files that came in, and the form that takes in another. */
import { fail } from '@sveltejs/kit';
import { importUsage } from '#runtime/services/import-usage.ts';
import { listRejects } from '#runtime/services/list-rejects.ts';
import { listRulesets } from '#runtime/services/list-rulesets.ts';
import { listUsageFiles, type UsageFileOrder } from '#runtime/services/list-usage-files.ts';
import { showRuleset } from '#runtime/services/show-ruleset.ts';
import { authorize, mayDo } from '#runtime/access/permissions.ts';
import { needsGivenDay } from '#runtime/usage/map-line.ts';
import { orderOf, pageOf, textOf } from '#lib/lists/address.ts';
import { orRefused } from '#lib/server/refused.ts';
import { entered } from '#lib/server/session.ts';
import { wordsOf } from '#lib/server/words-of.ts';
import type { Actions, PageServerLoad } from './$types';

const orders: readonly UsageFileOrder[] = ['name', 'format', 'received', 'rejected', 'importedAt', 'importedBy'];

export const load: PageServerLoad = async (event) => {
  const { app, actor } = entered(event);
  const mayImport = mayDo(actor, 'usage.import');
  const order = orderOf(event.url, orders, { by: 'importedAt', descending: true });
  const search = textOf(event.url, 'q');
  const [{ rows, ...page }, open, formats] = await Promise.all([
    listUsageFiles(app, actor, {
      ...{ page: pageOf(event.url), sort: order.by, descending: order.descending, locale: event.locals.locale },
      ...(search === undefined ? {} : { search }),
    }),
    listRejects(app, actor, { state: 'open', pageSize: 1 }),
    mayImport ? listRulesets(app, actor, { kind: 'fileFormat', pageSize: 500 }) : undefined,
  ]);
  const choices = await Promise.all(
    (formats?.rows ?? []).map(async ({ id, name }) => {
      const { document } = await showRuleset(app, actor, { kind: 'fileFormat', id });
      return { id, name, needsDay: document.kind === 'fileFormat' && needsGivenDay(document.body) };
    }),
  );
  return { rows, page, order, openRejects: open.total, mayImport, formats: choices };
};

export const actions = {
  import: async (event) => {
    const { app, actor } = entered(event);
    authorize(actor, 'usage.import');
    const { locale } = event.locals;
    const t = wordsOf(locale);
    const form = await event.request.formData();
    const file = form.get('file');
    if (!(file instanceof File) || file.size === 0)
      return fail(422, { refusal: { code: 'file-missing', text: t('usage.fileMissing') } });
    const givenOn = String(form.get('givenOn') ?? '');
    return orRefused(locale, async () => {
      const { received, accepted, duplicate, rejected } = await importUsage(app, actor, {
        name: file.name,
        format: String(form.get('format') ?? ''),
        ...(givenOn === '' ? {} : { givenOn }),
        content: file.stream(),
      });
      return { done: t('usage.imported', { name: file.name, received, accepted, duplicate, rejected }), rejected };
    });
  },
} satisfies Actions;
