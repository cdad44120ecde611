/**
 * How does an entry of the audit log read? As a sentence about a person, with a way to the thing it is about.
 * Also called: activity feed, 操作履歴の文章表示.
 */
import type { AuditListed } from '#runtime/services/audit-log.ts';
import { words, type MessageValues } from '#schemas/messages/render.ts';
import screens from '#schemas/messages/screens.ja.json' with { type: 'json' };
import type { Locale } from '#schemas/messages/words.ts';

const sentencePrefix = 'screen.audit.action.';

/** The actions that have a sentence, for the filter. */
export const auditActions = Object.keys(screens)
  .filter((code) => code.startsWith(sentencePrefix))
  .map((code) => code.slice(sentencePrefix.length));

export interface AuditSentence {
  readonly number: number;
  readonly at: string;
  readonly text: string;
  /** The thing by its kind and number; a long random one by its beginning. */
  readonly object: string;
  readonly href?: string;
  /** What was put on record beside the sentence, as indented JSON; none when there is nothing. */
  readonly details?: string;
}

export function auditSentence(entry: AuditListed, locale: Locale): AuditSentence {
  const say = words(locale);
  const person = entry.person === '' ? say.render('screen.audit.nobody') : entry.person;
  const code = sentencePrefix + entry.action;
  const values = {
    ...plainValues(entry.details),
    ...namedValues(entry, locale),
    ...{ person, action: entry.action },
  };
  const href = hrefOf(entry.object);
  return {
    number: entry.number,
    at: new Date(entry.at).toISOString(),
    text: say.render(say.has(code) ? code : 'screen.audit.other', values),
    object: shortened(entry.object),
    ...(href === undefined ? {} : { href }),
    ...(Object.keys(entry.details).length === 0 ? {} : { details: JSON.stringify(entry.details, null, 2) }),
  };
}

/** What it is about by name: 料金プラン「スマホL」 v3, the cycle by its month, the customer by number and name. */
function namedValues({ object, names }: AuditListed, locale: Locale): MessageValues {
  const say = words(locale);
  const { ruleset, version, cycle, customer } = names;
  const kind = `screen.option.RulesetKind.${ruleset?.kind ?? ''}`;
  return {
    object: customer === undefined ? object : `${customer.id} ${customer.name}`,
    ...(ruleset === undefined
      ? {}
      : {
          ruleset: say.render('screen.audit.ruleset', {
            kind: say.has(kind) ? say.render(kind) : ruleset.kind,
            name: ruleset.name?.[locale] ?? ruleset.id,
            version: version ?? 0,
          }),
        }),
    ...(cycle === undefined
      ? { cycle: object }
      : {
          cycle: say.render('screen.audit.cycle', {
            month: cycle.month,
            name: cycle.name?.[locale] ?? '',
          }),
        }),
  };
}

function plainValues(details: Readonly<Record<string, unknown>>): MessageValues {
  return Object.fromEntries(
    Object.entries(details).filter((pair): pair is [string, string | number] =>
      ['string', 'number'].includes(typeof pair[1]),
    ),
  );
}

const shortened = (object: string): string =>
  object.replace(/([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, '$1…');

/** The page of the thing, where it has one. */
function hrefOf(object: string): string | undefined {
  const [kind, ...rest] = object.split('/');
  const id = rest.join('/');
  if (id === '') return undefined;
  if (kind === 'cycle') return `/cycles/${encodeURIComponent(id)}`;
  if (kind === 'bill') return `/bills/${encodeURIComponent(id)}`;
  if (kind === 'draft') return `/changes/${encodeURIComponent(id)}`;
  if (kind === 'campaign') return `/rulesets/campaign/${encodeURIComponent(id)}`;
  if (kind === 'usageFile') return `/usage/rejects?file=${encodeURIComponent(id)}`;
  if (kind === 'release') return '/rulesets?sort=-publishedAt';
  return undefined;
}
