/**
 * Which cases came, went, or expect other amounts? A case is known by what it says it shows.
 * Also called: test diff, 受入例の変更.
 */
import { said, saidNumber, type SaidValue } from '#engine/explain/said.ts';
import { differences } from '#engine/diff/differences.ts';
import { keysOf } from '#engine/diff/place.ts';
import type { Case } from '#schemas/generated/types.ts';
import type { Finding } from './finding.ts';

/** In the order of the later cases, what went last. */
export function changedCases(before: readonly Case[], after: readonly Case[]): Finding[] {
  const earlier = new Map(before.map((each) => [each.it.en, each]));
  const later = new Set(after.map(({ it }) => it.en));
  return [
    ...after.flatMap((each): Finding[] => {
      const was = earlier.get(each.it.en);
      return was === undefined ? [finding('meaning.case.added', each, { after: each })] : changed(was, each);
    }),
    ...before
      .filter(({ it }) => !later.has(it.en))
      .map((each) => finding('meaning.case.removed', each, { before: each })),
  ];
}

function changed(before: Case, after: Case): Finding[] {
  const figures = differences(before.expect, after.expect).map((difference): SaidValue => {
    const figure = keysOf(difference.at.after ?? difference.at.before ?? '').filter(
      (key) => !/^\d+$|^bills$/.test(key),
    );
    const [was, is] = [
      'before' in difference ? difference.before : undefined,
      'after' in difference ? difference.after : undefined,
    ];
    return said('meaning.case.figure', { figure: figure.join(' '), before: told(was), after: told(is) });
  });
  const isOtherCustomer = differences([before.given, before.release], [after.given, after.release]).length > 0;
  return [
    ...(figures.length === 0 ? [] : [finding('meaning.case.expects', after, { before, after }, { figures })]),
    ...(isOtherCustomer ? [finding('meaning.case.given', after, { before, after })] : []),
  ];
}

const told = (value: unknown): SaidValue =>
  typeof value === 'string'
    ? saidNumber(value)
    : value === undefined || value === null
      ? said('screen.value.none')
      : JSON.stringify(value);

function finding(
  code: string,
  { it }: Case,
  sides: Pick<Finding, 'before' | 'after'>,
  values: Readonly<Record<string, SaidValue>> = {},
): Finding {
  return {
    about: 'cases',
    at: { before: null, after: null },
    place: [it],
    ...sides,
    sentence: said(code, { case: it, ...values }),
  };
}
