/**
 * What does the page of a shape say? Its sentence and its formula from the schema, how it is written in a ruleset, and a
 * worked bill from the case that shows it, with the reason for every amount in both languages, and the account document from
 * which `kanade price` makes that bill (test/runtime/cli/shape-pages.test.ts does).
 */
import { format, resolveConfig } from 'prettier';
import { bill } from '#engine/billing/bill.ts';
import { addDays } from '#engine/calendar/civil-date.ts';
import { releaseOf } from '#engine/cases/run-cases.ts';
import { schemaFor } from '#engine/diff/schema-of.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';
import type { AccountDocument, Bill, BillLine, Localized, Ruleset } from '#schemas/generated/types.ts';
import { amountText, percentText } from '#schemas/messages/figures.ts';
import { words } from '#schemas/messages/render.ts';
import { fragmentOf, showing, type Group, type Schema, type Shape, type Showing } from './shapes.ts';
import { rulesetsOf } from './shipped.ts';

/** 'VolumePrice' has its page at shapes/volume-price.md. */
export const fileOf = ({ name }: Shape): string =>
  `shapes/${name
    .replace('Body', '')
    .replace('.', '-')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-')
    .toLowerCase()}.md`;

const both = ({ ja, en }: Localized, between = ' / '): string => `${ja}${between}${en}`;

/** The list of all shapes, as it stands in rulesets/README.md: what one chooses among under its own heading. */
export const listOf = (groups: readonly Group[]): Promise<string> =>
  formatted(
    groups
      .map(({ label, of }) => [`### ${both(label)}`, of.map(listed).join('\n')])
      .flat()
      .join('\n\n'),
  );

const listed = (shape: Shape): string =>
  `- [${both(shape.schema.label)}](${fileOf(shape)}): ${both(shape.schema.formula as Localized)}`;

export function pageOf(shape: Shape): Promise<string> {
  const { label, help, formula } = shape.schema;
  const [example] = showing(shape);
  if (example === undefined || help === undefined || formula === undefined) {
    throw new Error(`${shape.name} needs a sentence, a formula and a case that shows it`);
  }
  return formatted(
    [
      `# ${both(label)}`,
      both(help, '\n'),
      ['```', formula.ja, formula.en, '```'].join('\n'),
      '## 書き方 / In a ruleset',
      fieldsOf(shape),
      writtenIn(shape, example),
      '## 計算例 / Worked bill',
      workedBill(example),
    ].join('\n\n'),
  );
}

async function formatted(text: string): Promise<string> {
  const config = await resolveConfig(new URL('../../rulesets/README.md', import.meta.url));
  return format(text, { ...config, parser: 'markdown' });
}

function fieldsOf({ schema }: Shape): string {
  const required = new Set(schema.required);
  const rows = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const mark = required.has(name) ? ' \\*' : '';
    return `| \`${name}\`${mark} | ${meaningOf(field as Schema)} |`;
  });
  return ['| 項目 / Field | 意味 / Meaning |', '| --- | --- |', ...rows, '', '\\* 必須 / required'].join('\n');
}

/** What a field is called and what is said of it, here or where it is defined; of a mark, its one value. */
function meaningOf(field: Schema): string {
  const defined = schemaFor(field, undefined) as Schema;
  if (defined.const !== undefined) return `\`${JSON.stringify(defined.const)}\``;
  return [field.label ?? defined.label, field.help ?? defined.help]
    .filter((text) => text !== undefined)
    .map((text) => both(text))
    .join('<br>');
}

/** The shape as it stands in the rulesets of the example, or in its account document. */
function writtenIn(shape: Shape, { operator, folder, one }: Showing): string {
  const rulesets = rulesetsOf(operator).filter(({ effective }) => effective.from <= `${one.given.periods.last}-28`);
  const nameOf = ({ kind, id, version }: Ruleset): string => `${operator}/${kind}/${id}/v${version}.json`;
  const own = rulesets.filter((ruleset) => nameOf(ruleset).startsWith(`${folder}/`)).reverse();
  for (const ruleset of [...own, ...rulesets]) {
    const found = fragmentOf(shape, 'Ruleset', ruleset);
    if (found === undefined) continue;
    const whole = folded('ルール全体 / The whole ruleset', ruleset);
    return [`[${nameOf(ruleset)}](../${nameOf(ruleset)})`, code(found), whole].join('\n\n');
  }
  const given = fragmentOf(shape, 'AccountDocument', one.given);
  if (given === undefined) throw new Error(`${shape.name} is in none of the rulesets of ${folder}`);
  return `口座文書の中 / In the account document\n\n${code(given)}`;
}

const code = (value: unknown): string => ['```json', JSON.stringify(value), '```'].join('\n');

const folded = (title: string, value: unknown): string =>
  ['<details>', `<summary>${title}</summary>`, '', code(value), '', '</details>'].join('\n');

function workedBill({ operator, folder, one }: Showing): string {
  const release = releaseOf(one, prepareRelease(rulesetsOf(operator)));
  const months = one.expect.bills?.map(({ month }) => month);
  const bills = bill(one.given, release).bills.filter(({ period }) => months?.includes(monthOf(period)) ?? true);
  const source = `[${folder}](../${folder}/cases.json), ${one.source ?? ''}`;
  const priced = `npm run -s kanade -- price --rulesets rulesets/${operator} --input FILE`;
  return [
    `${both(one.it)} (${source})`,
    givenOf(one.given),
    folded('口座文書 / The account document', one.given),
    ['```', priced, '```'].join('\n'),
    ...bills.map(billTable),
  ].join('\n\n');
}

const monthOf = ({ end }: Bill['period']): string => addDays(end, -1).slice(0, 7);

/** What the bill is worked out from. */
function givenOf({ products, usage = [], grants = [], negotiatedPrices = [] }: AccountDocument): string {
  const held = products.map(({ id, offering, quantity, startsOn, endsOn, history = [] }) => {
    const many = quantity === undefined ? '' : ` × ${quantity}`;
    const changes = history.map(({ from, ...what }) => `, ${from}: ${Object.values(what).join(' ')}`).join('');
    return `- \`${id}\` ${offering}${many}: ${startsOn} – ${endsOn === null ? '' : addDays(endsOn, -1)}${changes}`;
  });
  const used = usage.map(({ product, meter, startedAt, quantity }) => {
    return `- \`${product}\` ${meter}: ${quantity} (${startedAt.replace('T', ' ').slice(0, 16)})`;
  });
  const granted = grants.map(({ campaign, product, grantedOn }) => `- \`${product}\` ${campaign}: ${grantedOn}`);
  const agreed = negotiatedPrices.map(({ charge, price }) => `- ${charge}: ${Object.entries(price).flat().join(' ')}`);
  return [...held, ...used, ...granted, ...agreed].join('\n');
}

function billTable({ period, currency, lines, tax, total }: Bill): string {
  const totals = tax.map(({ rate, net, tax: owed }) => {
    return `${percentText('en', rate)} × ${amountText('en', net, currency)}: ${amountText('en', owed, currency)}`;
  });
  return [
    `**${period.start} – ${addDays(period.end, -1)}**`,
    ['| 明細 / Line | 金額 / Amount | なぜ / Why |', '| --- | ---: | --- |', ...lines.map(rowOf(currency))].join('\n'),
    `消費税 / Tax ${totals.join(', ')}. 合計 / Total **${amountText('en', total, currency)}**`,
  ].join('\n\n');
}

const rowOf =
  (currency: string) =>
  ({ name, amount, why }: BillLine): string => {
    const because = { ja: words('ja').render(why.code, why.values), en: words('en').render(why.code, why.values) };
    return `| ${both(name, '<br>')} | ${amountText('en', amount, currency)} | ${both(because, '<br>')} |`;
  };
