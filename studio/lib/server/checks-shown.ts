/**
 * How do the checks of a draft read: what stands in the way, which cases fail, and what else to know?
 * Also called: check results, 検査結果の文章表示.
 */
import { placeOf } from '#engine/diff/place.ts';
import type { DraftChecked } from '#runtime/services/check-draft.ts';
import type { Checks, Finding } from '#lib/changes/change-shown.ts';
import type { Diagnostic } from '#schemas/generated/types.ts';
import { words, type MessageValues } from '#schemas/messages/render.ts';
import type { Locale } from '#schemas/messages/words.ts';

type Obstacle = DraftChecked['obstacles'][number];
type Result = DraftChecked['cases'][number];

/** `document` is what the draft says, as far as it can be read. */
export function checksShown(
  { diagnostics, cases, obstacles }: DraftChecked,
  document: unknown,
  locale: Locale,
): Checks {
  const failing = cases.filter(({ result }) => !result.passed);
  return {
    hints: diagnostics.map((each) => ({
      ...diagnosticFinding(each, locale),
      place: placeShown(each, document, locale),
      severity: each.severity,
    })),
    failing: failing.map((each) => failingCase(each, locale)),
    passing: cases.length - failing.length,
    obstacles: obstacles.map((each) => obstacleFinding(each, locale)),
  };
}

/** The obstacle in words, with what to do about it. */
export function obstacleFinding({ reason, ...values }: Obstacle, locale: Locale): Finding {
  const say = words(locale);
  const remedy = `change.remedy.${reason}`;
  return {
    text: say.render(`refusal.${reason}`, values as unknown as MessageValues),
    ...(say.has(remedy) ? { remedy: say.render(remedy) } : {}),
  };
}

function diagnosticFinding({ code, path, values }: Diagnostic, locale: Locale): Finding {
  const say = words(locale);
  const all = { path, ...values } as MessageValues;
  const remedy = `diagnostic.${code}.remedy`;
  return {
    text: say.render(`diagnostic.${code}`, all),
    ...(say.has(remedy) ? { remedy: say.render(remedy, all) } : {}),
  };
}

/** Where it is: the fields of the draft by their labels, a case or another ruleset by its id; undefined for the whole. */
function placeShown({ source, ruleset, path }: Diagnostic, document: unknown, locale: Locale): string | undefined {
  if (source === 'draft')
    return (
      placeOf('Ruleset', document, path)
        .map((step) => step[locale])
        .join(' › ') || undefined
    );
  return source?.replace(/^case\//, '') ?? ruleset;
}

/** The case by what it says, and the figures that come out otherwise. */
function failingCase({ id, result }: Result, locale: Locale): Checks['failing'][number] {
  const say = words(locale);
  const figures = result.checks
    .filter(({ passed }) => !passed)
    .map(({ month, key, figure, expected, actual }) =>
      say.render('change.checks.otherwise', {
        what: [month, key ?? say.render(`change.figure.${figure}`)].filter((each) => each !== null).join(' '),
        expected: expected ?? '–',
        actual: actual ?? '–',
      }),
    );
  const why = result.problem === undefined ? figures : [diagnosticFinding(result.problem, locale).text, ...figures];
  return { id, text: result.case.it[locale], ...(why.length === 0 ? {} : { remedy: why.join(' ') }) };
}
