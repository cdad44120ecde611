/**
 * What does a change to a ruleset mean: dearer or cheaper, for more customers or fewer, from when, or nothing at all?
 * Also called: semantic diff, 意味の差分, 変更の意味, 値上げ・値下げ.
 *
 * The structural differences say where to look. Conditions, prices, tables and whatever goes by steps are compared as
 * functions; every other field by what it is about (field-meaning.ts).
 */
import { differences, type Difference, type Whereabouts } from '#engine/diff/differences.ts';
import { fieldAt } from '#engine/diff/field-at.ts';
import { usedAloud } from '#engine/explain/aloud/units-aloud.ts';
import { saidExisting } from '#engine/explain/said-existing.ts';
import { said, saidMoney, saidPeriod, type Naming } from '#engine/explain/said.ts';
import type {
  Effect,
  OpenPeriod,
  PenaltyFee,
  PercentagePrice,
  Ruleset,
  UsageCharge,
  UsagePrice,
} from '#schemas/generated/types.ts';
import { around, findingAt, saidPlace, valueAt, stepsIn, type Compared } from './compared.ts';
import { changedCondition, changedQuestion, changedTarget } from './eligibility.ts';
import { directionOf, growth, meaningOfField, sizeOf } from './field-meaning.ts';
import type { Direction, Finding } from './finding.ts';
import { tableDifferences, type TableCharge } from './price-table.ts';
import { saidEffect } from '#engine/explain/said-effect.ts';
import { saidFact } from '#engine/explain/said-condition.ts';
import { saidValue } from './said-value.ts';
import { spelledOut } from './spelled-out.ts';
import { effectDirection, penaltyTable, statutoryRates, taxRates, tenureSteps } from './steps.ts';
import { changedCurve } from './usage-prices.ts';

/** What tells the versions apart by nature, and says nothing. */
const identity = ['/version', '/id', '/$schema'];

/** In the order of the later version; empty when the two say the same in the same words. */
export function meaningOf(before: Ruleset, after: Ruleset, naming: Naming = {}): Finding[] {
  const versions = {
    before: spelledOut('Ruleset', before) as Ruleset,
    after: spelledOut('Ruleset', after) as Ruleset,
  };
  const found = differences(versions.before, versions.after).filter(
    ({ at }) => !identity.includes(at.after ?? at.before ?? ''),
  );
  const context: Context = { versions, written: { before, after }, naming };
  const areas = new Map<string, Difference[]>();
  for (const difference of found) {
    const area = JSON.stringify(areaOf(difference, context));
    areas.set(area, [...(areas.get(area) ?? []), difference]);
  }
  const findings = [...areas].flatMap(([area, inside]) => readArea(JSON.parse(area) as Whereabouts, inside, context));
  return findings.length > 0 ? findings : unseen(context);
}

/** Defaults spelled out, and nothing else. */
function unseen(context: Context): Finding[] {
  const isSame = differences(context.written.before, context.written.after).every(({ at }) =>
    identity.includes(at.after ?? at.before ?? ''),
  );
  if (isSame) return [];
  const compared = { ...context, at: { before: '', after: '' }, before: undefined, after: undefined };
  return [findingAt(compared, { about: 'cosmetic', code: 'meaning.spelledOut' })];
}

type Context = Pick<Compared, 'versions' | 'written' | 'naming'>;

/** Parts that are read as a whole, whatever changed inside them. */
const areas =
  /^(\/effective|\/existing|\/body\/(?:triggers|window|sales|requires|excludes|eligibility|waivedWhen|steps|rates|fee)|\/body\/(?:charges|allowances)\/\d+\/where|\/body\/charges\/\d+\/price(?=\/|$)|(?:\/body\/discounts\/\d+|\/body)\/(?:effect|target))(\/|$)/;

/** The area that the difference lies in, in both versions; its own place where it lies in none. */
function areaOf({ at }: Difference, context: Context): Whereabouts {
  const [before, after] = [at.before, at.after].map((pointer) => areas.exec(pointer ?? '')?.[1] ?? null);
  if (before == null && after == null) return at;
  return {
    before: before ?? paired(after!, context, 'before'),
    after: after ?? paired(before!, context, 'after'),
  };
}

function readArea(at: Whereabouts, inside: readonly Difference[], context: Context): Finding[] {
  const pointer = at.after ?? at.before ?? '';
  const compared: Compared = {
    ...context,
    at,
    before: valueAt(context.versions.before, at.before),
    after: valueAt(context.versions.after, at.after),
  };
  const read = areas.test(pointer) ? functionAt(pointer, compared) : undefined;
  return read ?? inside.map((each) => fieldFinding(each, context));
}

/** Where the other version has the same place, if it has it: rows are found by their id. */
function paired(pointer: string, { versions }: Context, side: 'before' | 'after'): string | null {
  const other = side === 'before' ? versions.after : versions.before;
  const [, list, index = '', rest] = /^(\/body\/\w+)\/(\d+)(\/.*)$/.exec(pointer) ?? [];
  if (list === undefined) return valueAt(versions[side], pointer) === undefined ? null : pointer;
  const row = valueAt(other, `${list}/${index}`) as { readonly id?: string } | undefined;
  const rows = (valueAt(versions[side], list) ?? []) as readonly { readonly id?: string }[];
  const at = rows.findIndex(({ id }) => id !== undefined && id === row?.id);
  const place = `${list}/${String(at)}${rest ?? ''}`;
  return at < 0 || valueAt(versions[side], place) === undefined ? null : place;
}

/** The findings about an area that is compared as a function; undefined where its fields speak for themselves. */
function functionAt(pointer: string, compared: Compared): Finding[] | undefined {
  const { kind } = compared.versions.after;
  const field = pointer.split('/').at(-1) ?? '';
  switch (field) {
    case 'effective':
      return [effectiveDays(compared)];
    case 'existing':
      return [existingCustomers(compared)];
    case 'triggers':
    case 'window':
    case 'sales':
    case 'requires':
    case 'excludes':
    case 'eligibility':
      return [changedQuestion(compared, pointer)];
    case 'waivedWhen':
    case 'where':
      return [changedCondition(compared)];
    case 'target':
      return changedTargets(compared);
    case 'effect':
      return [changedEffect(compared)];
    case 'steps':
      return kind === 'tenureDiscount' ? orCosmetic(tenureSteps(compared), compared) : undefined;
    case 'rates':
      return orCosmetic(kind === 'tax' ? taxRates(compared) : statutoryRates(compared), compared);
    case 'price':
      return isPrice(compared.before) && isPrice(compared.after) ? changedPrice(compared) : undefined;
    case 'fee':
      return changedFee(compared);
    default:
      return undefined;
  }
}

const orCosmetic = (findings: Finding[], compared: Compared): Finding[] =>
  findings.length > 0 ? findings : [findingAt(compared, { about: 'cosmetic', code: 'meaning.sameSteps' })];

function effectiveDays(compared: Compared): Finding {
  const [before, after] = [compared.before, compared.after] as [OpenPeriod, OpenPeriod];
  const { versions } = compared;
  const [was, is] = [versions.before.version, versions.after.version];
  // The earlier version goes on answering until the later one begins: nothing is moved.
  const isFollowedUp = was < is && before.from < after.from && (before.to === null || before.to >= after.from);
  const values = { before: saidPeriod(before), after: saidPeriod(after) };
  return findingAt(compared, {
    about: 'dates',
    ...(isFollowedUp
      ? { code: 'meaning.effective.next', values: { ...values, was: String(was), is: String(is) } }
      : { code: 'meaning.effective', values }),
  });
}

/** Where nothing is said, customers keep the version that they joined with. Another version speaks of itself only. */
function existingCustomers(compared: Compared): Finding {
  const [before, after] = [compared.before, compared.after].map(
    (value) => (value ?? { mode: 'grandfather' }) as NonNullable<Ruleset['existing']>,
  );
  if (before!.mode === 'grandfather' && after!.mode === 'grandfather')
    return findingAt(compared, { about: 'cosmetic', code: 'meaning.spelledOut' });
  const values = { before: saidExisting(before!, compared.naming), after: saidExisting(after!, compared.naming) };
  const isRewritten = compared.versions.before.version === compared.versions.after.version;
  return findingAt(compared, {
    about: 'existing',
    code: isRewritten ? 'meaning.existing' : 'meaning.existing.version',
    values,
  });
}

/** Services and offerings ask about the product; charges are lines that a discount comes off. */
function changedTargets(compared: Compared): Finding[] {
  const [before, after] = [compared.before, compared.after] as Readonly<Record<string, readonly string[]>>[];
  const products = ['services', 'offerings'].some((field) => !isSameSet(before?.[field], after?.[field]));
  const charges = isSameSet(before?.['charges'], after?.['charges']) ? [] : [chargesTargeted(compared)];
  const found = [...(products ? [changedTarget(compared)] : []), ...charges];
  return found.length > 0 ? found : [findingAt(compared, { about: 'cosmetic', code: 'meaning.otherOrder' })];
}

function chargesTargeted(compared: Compared): Finding {
  const of = (value: unknown): readonly string[] => (value as { readonly charges?: readonly string[] }).charges ?? [];
  const [before, after] = [of(compared.before), of(compared.after)];
  const [came, went] = [after.filter((id) => !before.includes(id)), before.filter((id) => !after.includes(id))];
  const direction: Direction = came.length > 0 && went.length > 0 ? 'either' : came.length > 0 ? 'cheaper' : 'dearer';
  const names = (ids: readonly string[]) =>
    saidValue(ids, 'charges', { items: { definedAs: 'Identifier' } }, compared.naming);
  const values = {
    came: names(came),
    went: names(went),
    which: went.length === 0 ? 'came' : came.length === 0 ? 'went' : 'both',
  };
  return findingAt(compared, { about: 'price', direction, code: 'meaning.discounted', values });
}

const isSameSet = (a: readonly string[] | undefined, b: readonly string[] | undefined): boolean =>
  a === undefined || b === undefined ? a === b : a.length === b.length && a.every((each) => b.includes(each));

function changedEffect(compared: Compared): Finding {
  const [before, after] = [compared.before, compared.after] as [Effect, Effect];
  return findingAt(compared, {
    about: 'price',
    direction: effectDirection(before, after),
    code: 'meaning.effect',
    values: { before: saidEffect(before, compared.naming), after: saidEffect(after, compared.naming) },
  });
}

const isPrice = (value: unknown): value is UsagePrice =>
  typeof value === 'object' && value !== null && 'model' in value;

function changedPrice(compared: Compared): Finding[] {
  const [before, after] = [compared.before, compared.after] as [UsagePrice, UsagePrice];
  if (before.model === 'matrix' && after.model === 'matrix') return changedTable(compared);
  if (before.model === 'matrix' || after.model === 'matrix')
    return [findingAt(compared, { about: 'price', direction: 'either', code: 'meaning.otherPrice' })];
  if (before.model === 'percentage' && after.model === 'percentage') return changedPercentage(compared);
  return [changedCurve(compared, before, after)];
}

/** The free uses of a month are no matter of a quantity: they are told field by field. */
function changedPercentage(compared: Compared): Finding[] {
  const [before, after] = [compared.before, compared.after] as [PercentagePrice, PercentagePrice];
  const free = (['freeUses', 'freeAmount'] as const).flatMap((field) => {
    if (before[field] === after[field]) return [];
    const at = { before: `${compared.at.before}/${field}`, after: `${compared.at.after}/${field}` };
    return [fieldFinding({ change: 'changed', at, before: before[field], after: after[field] }, compared)];
  });
  return before.percent === after.percent && free.length > 0 ? free : [changedCurve(compared, before, after), ...free];
}

function changedTable(compared: Compared): Finding[] {
  const chargeOf = (side: 'before' | 'after'): TableCharge => ({
    table: compared[side] as TableCharge['table'],
    charge: around(compared, side) as UsageCharge,
  });
  const found = tableDifferences(chargeOf('before'), chargeOf('after'));
  if (found.length === 0) return [findingAt(compared, { about: 'cosmetic', code: 'meaning.sameTable' })];
  const table = saidPlace(stepsIn(compared));
  return found.map(({ before, after, facts }) => {
    const by = growth(before?.unitPrice, after?.unitPrice);
    const direction = directionOf(
      { about: 'price', more: 'dearer', none: 'zero' },
      before?.unitPrice,
      after?.unitPrice,
    );
    const isOther =
      before !== undefined &&
      after !== undefined &&
      (before.unitSize !== after.unitSize || before.connectFee !== after.connectFee);
    const use = Object.entries(facts).map(([fact, value]) => saidFact(fact, value, compared.naming));
    const price = (side: typeof before) =>
      side === undefined ? said('said.noRow') : saidMoney(side.unitPrice, compared.naming);
    const codes = { in: 'meaning.use.in', out: 'meaning.use.out' } as const;
    const goes = before === undefined ? ('in' as const) : after === undefined ? ('out' as const) : undefined;
    return {
      ...findingAt(compared, {
        about: 'price',
        direction: isOther || direction === undefined ? 'either' : direction,
        ...(by === undefined || by === '0' ? {} : { by }),
        code: isOther ? 'meaning.rowUnits' : before?.row === after?.row ? 'meaning.row' : 'meaning.otherRow',
        values: {
          table,
          row: after?.row ?? before?.row ?? '',
          was: before?.row ?? '',
          use,
          before: price(before),
          after: price(after),
          ...(isOther
            ? {
                size: before.unitSize,
                newSize: after.unitSize,
                fee: saidMoney(before.connectFee, compared.naming),
                newFee: saidMoney(after.connectFee, compared.naming),
              }
            : {}),
        },
      }),
      before: before ?? null,
      after: after ?? null,
      ...(goes === undefined ? {} : { witnesses: [{ facts, goes, sentence: said(codes[goes], { facts: use }) }] }),
    };
  });
}

function changedFee(compared: Compared): Finding[] | undefined {
  const [before, after] = [compared.before, compared.after] as [PenaltyFee, PenaltyFee];
  const table = penaltyTable(compared);
  if (table !== undefined) return orCosmetic(table, compared);
  if (before.model === after.model) return undefined;
  return [
    findingAt(compared, {
      ...{ about: 'price', direction: 'either', code: 'meaning.changed' },
      values: {
        before: saidValue(before, 'fee', { $ref: '#/$defs/PenaltyFee' }, compared.naming),
        after: saidValue(after, 'fee', { $ref: '#/$defs/PenaltyFee' }, compared.naming),
      },
    }),
  ];
}

/** Lists of rows whose order nobody notices. */
const withoutOrder = /\/(price\/rows|bounds)$/;

function fieldFinding(difference: Difference, context: Context): Finding {
  const { versions, naming } = context;
  const { at } = difference;
  const before = 'before' in difference ? difference.before : undefined;
  const after = 'after' in difference ? difference.after : undefined;
  const compared: Compared = { ...context, at, before, after };
  const pointer = at.after ?? at.before ?? '';
  const field = fieldAt('Ruleset', at.after === null ? versions.before : versions.after, pointer);
  const meaning = meaningOfField(versions.after.kind, field);
  if (difference.change === 'reordered') return reordered(compared, pointer);
  if (meaning.about === 'cosmetic') return findingAt(compared, { about: 'cosmetic', code: 'meaning.wording' });
  if (field.isRow && difference.change !== 'changed') return rowFinding(compared, difference.change, meaning.more);
  const by = growth(before, after);
  if (by === '0' || isSameSetOf(field.field, before, after))
    return findingAt(compared, { about: 'cosmetic', code: 'meaning.sameFigure' });
  const direction = field.field === 'bounds' ? boundsDirection(before, after) : directionOf(meaning, before, after);
  const told = (side: 'before' | 'after') => {
    const written = valueAt(context.written[side], at[side]);
    if (field.field === 'freePerEvent' && compared[side] !== undefined)
      return usedAloud(compared[side] as string, around(compared, side) as UsageCharge);
    return saidValue(written ?? compared[side], field.field, field.schema, naming, meaning);
  };
  // A budget is money, too, but nobody pays it.
  const isAmount = by !== undefined && meaning.isMoney === true && meaning.more !== undefined;
  return findingAt(compared, {
    about: meaning.about,
    ...(direction === undefined ? {} : { direction }),
    ...(by === undefined ? {} : { by }),
    code: isAmount ? 'meaning.amount' : 'meaning.changed',
    values: {
      before: told('before'),
      after: told('after'),
      ...(isAmount ? { by: saidMoney(sizeOf(by), naming), way: by.startsWith('-') ? 'less' : 'more' } : {}),
    },
  });
}

/** Sets are written as lists: their order says nothing. The order of discounts does. */
function isSameSetOf(field: string, before: unknown, after: unknown): boolean {
  const isSet = Array.isArray(before) && Array.isArray(after) && !['discountOrder', 'when', 'key'].includes(field);
  return isSet && isSameSet(before as string[], after as string[]);
}

function reordered(compared: Compared, pointer: string): Finding {
  if (withoutOrder.test(pointer)) return findingAt(compared, { about: 'cosmetic', code: 'meaning.otherOrder' });
  const about = pointer.endsWith('/discounts') || pointer.endsWith('/allowances') ? 'stacking' : 'billing';
  const names = (list: unknown): string[] => list as string[];
  return findingAt(compared, { about, code: 'meaning.order', values: { order: names(compared.after) } });
}

function rowFinding(compared: Compared, change: 'added' | 'removed', more: 'dearer' | 'cheaper' | undefined): Finding {
  const came = change === 'added';
  const list = (compared.at.after ?? compared.at.before ?? '').split('/').at(-2) ?? '';
  const { at, written } = compared;
  const row = (came ? valueAt(written.after, at.after) : valueAt(written.before, at.before)) as Readonly<
    Record<string, unknown>
  >;
  const direction =
    list === 'bounds'
      ? boundDirection(row, came)
      : more === undefined
        ? 'either'
        : came === (more === 'dearer')
          ? 'dearer'
          : 'cheaper';
  const pointer = compared.at.after ?? compared.at.before ?? '';
  const field = fieldAt('Ruleset', came ? compared.versions.after : compared.versions.before, pointer);
  const { name: _, id: __, ...rest } = row;
  return findingAt(compared, {
    ...{ about: list === 'rules' ? 'law' : list === 'reliefs' ? 'tax' : 'price' },
    ...(list === 'rules' ? {} : { direction }),
    code: `meaning.${change}`,
    values: {
      row: stepsIn(compared).at(-1)?.label ?? '',
      content: saidValue(rest, field.field, field.schema, compared.naming),
    },
  });
}

/** Of bounds that come or go as a whole. */
function boundsDirection(before: unknown, after: unknown): Direction {
  const [came, bounds] = [before === undefined, (before ?? after) as Readonly<Record<string, unknown>>];
  return boundDirection(bounds, came);
}

function boundDirection(row: Readonly<Record<string, unknown>>, came: boolean): Direction {
  const [minimum, cap] = [row['minimum'] !== undefined, row['cap'] !== undefined];
  if (minimum && cap) return 'either';
  return minimum === came ? 'dearer' : 'cheaper';
}
