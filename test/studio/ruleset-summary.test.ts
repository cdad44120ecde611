/** Does a ruleset read for someone who reads no JSON: labels, words for choices, rows as tables, conditions as phrases? */
import { describe, expect, it } from 'vitest';
import bundle from '#schemas/generated/bundle.json' with { type: 'json' };
import dictionary from '#schemas/facts/dictionary.json' with { type: 'json' };
import type { CampaignRuleset, RatePlanRuleset, TaxRuleset } from '#schemas/generated/types.ts';
import { words } from '#schemas/messages/render.ts';
import { conditionPhrase } from '#lib/rulesets/condition-phrases.ts';
import { fieldText } from '#lib/rulesets/field-text.ts';
import { schemaFor } from '#lib/rulesets/schema-walk.ts';
import { rulesetSummary, type SummaryPart } from '#lib/rulesets/summary.ts';

const envelope = {
  version: 1,
  name: { ja: '標準', en: 'Standard' },
  effective: { from: '2026-04-01', to: null },
  reason: 'First version.',
};

const plan: RatePlanRuleset = {
  ...envelope,
  kind: 'ratePlan',
  id: 'standard',
  body: {
    charges: [
      {
        type: 'recurring',
        id: 'basic',
        name: { ja: '基本料', en: 'Basic fee' },
        price: '2980',
        taxCategory: 'standard',
        proration: { start: 'byDay', end: 'full', change: 'byDay' },
      },
      {
        type: 'usage',
        id: 'calls',
        name: { ja: '通話料', en: 'Calls' },
        meter: 'voice.seconds',
        unit: { size: '30', rounding: 'up', per: 'event' },
        price: {
          model: 'graduated',
          tiers: [
            { upTo: '100', unitPrice: '20' },
            { upTo: null, unitPrice: '12.5' },
          ],
        },
        taxCategory: 'standard',
      },
    ],
  },
};

const tax: TaxRuleset = {
  ...envelope,
  kind: 'tax',
  id: 'consumption-tax',
  body: {
    rounding: 'down',
    dateOfSupply: 'lastDay',
    rates: [{ category: 'standard', from: '2019-10-01', to: null, rate: '0.10' }],
  },
};

const campaign: CampaignRuleset = {
  ...envelope,
  kind: 'campaign',
  id: 'half-price',
  body: {
    triggers: ['new'],
    window: { from: '2026-12-01', to: '2027-03-01' },
    eligibility: {
      all: [
        { fact: 'product.tenureMonths', operator: 'decimalLessThan', value: '2' },
        { not: { fact: 'customer.type', operator: 'equal', value: 'corporate' } },
      ],
    },
    duration: { months: 2, countedFrom: 'start' },
    discounts: [
      {
        id: 'half',
        name: { ja: '半額', en: 'Half price' },
        effect: { op: 'percentOff', percent: '50' },
        target: { charges: ['basic'] },
      },
    ],
  },
};

/** The summary as lines of text, indented by depth. */
function outline(parts: readonly SummaryPart[], depth = 0): string[] {
  const pad = '  '.repeat(depth);
  return parts.flatMap((part) => {
    const head = `${pad}${part.label}: `;
    if (part.shape === 'value') return [head + part.value.text];
    if (part.shape === 'values') return [head + part.values.map((value) => value.text).join('|')];
    if (part.shape === 'table')
      return [
        head + part.columns.join('|'),
        ...part.rows.map((row) => `${pad}  ${row.cells.map((cell) => cell.text).join('|')}`),
      ];
    if (part.shape === 'condition') return [head + JSON.stringify(part.condition)];
    if (part.shape === 'group') return [head + (part.kind ?? ''), ...outline(part.parts, depth + 1)];
    return [
      head,
      ...part.items.flatMap((item) => [
        `${pad}  # ${item.title} (${item.kind ?? ''}) ${item.at}`,
        ...outline(item.parts, depth + 2),
      ]),
    ];
  });
}

describe('the readable summary', () => {
  it('tells a rate plan by its labels, with tiers as a table', () => {
    expect(outline(rulesetSummary(plan, 'ja'))).toEqual([
      '料金項目: ',
      '  # 基本料 (月額) /body/charges/0',
      '    識別子: basic',
      '    月額: 2,980',
      '    税区分: 標準税率',
      '    日割: ',
      '      開始月: 日割',
      '      終了月: 全額',
      '      期間途中の変更: 前後を日割',
      '  # 通話料 (従量料金) /body/charges/1',
      '    識別子: calls',
      '    メーター: voice.seconds',
      '    課金単位: ',
      '      単位の大きさ: 30',
      '      単位の端数: 始まった単位は 1 単位',
      '      数え方: 1 回ごと',
      '    単価: 段階制（区間ごと）',
      '      段階: 上限（含む）|単価',
      '        100|20',
      '        上限なし|12.5',
      '    税区分: 標準税率',
    ]);
  });

  it('tells a tax by its rates in percent', () => {
    expect(outline(rulesetSummary(tax, 'en'))).toEqual([
      'Rounding: Down (towards zero)',
      'Date of supply: Last day of the service period',
      'Rates: Tax category|From|To (exclusive)|Rate',
      '  Standard rate|1 Oct 2019|No end|10%',
    ]);
  });

  it('tells a campaign by its last day of sign-up and its discount in words', () => {
    const text = outline(rulesetSummary(campaign, 'ja')).join('\n');
    expect(text).toContain('契機: 新規申込');
    expect(text).toContain('受付期間: 2026/12/1 〜 2027/2/28');
    expect(text).toContain('割引: 識別子|名称|効果|割引の対象\n  half|半額|50% 引き|basic');
  });

  it('says conditions as phrases', () => {
    expect(conditionPhrase(campaign.body.eligibility!, 'ja')).toEqual({
      join: 'all',
      parts: [
        { join: 'none', phrase: '契約月数（請求期間の初日、満月数）が 2 か月 未満' },
        { join: 'not', parts: [{ join: 'none', phrase: '顧客の個人・法人の別が 法人' }] },
      ],
    });
  });
});

describe('a field', () => {
  it('that holds a condition reads as a phrase', () => {
    const cohort = { all: [{ fact: 'product.tenureMonths', operator: 'decimalGreaterThanInclusive', value: '12' }] };
    const migrate = { mode: 'migrate', date: '2026-07-01', cohort };
    const schema = schemaFor({ $ref: '#/$defs/ExistingCustomers' }, migrate);
    expect(fieldText('existing', migrate, schema, 'en').text).toBe(
      'This version for those who match 1 Jul 2026 Complete months of tenure on the first day of the period is at least 12 months',
    );
  });
});

describe('the words of the studio', () => {
  type Node = { [key: string]: unknown; enum?: string[]; properties?: Record<string, Node> };

  /** Every choice that a ruleset's body can hold, under the name that its word goes by. */
  function choices(node: unknown, name: string): [string, string][] {
    if (Array.isArray(node)) return node.flatMap((each) => choices(each, name));
    if (typeof node !== 'object' || node === null) return [];
    const { enum: options, properties, ...rest } = node as Node;
    return [
      ...(options ?? []).map((option): [string, string] => [name, option]),
      ...Object.entries(properties ?? {}).flatMap(([key, each]) => choices(each, key)),
      ...Object.values(rest).flatMap((each) => choices(each, name)),
    ];
  }

  const bodies = Object.entries(bundle.$defs).filter(
    ([name]) => !/^(Customer|Product(Change|Bound)?$|Diagnostic|Phase|Operator|Cases?$)/.test(name),
  );
  const all = bodies
    .flatMap(([name, schema]) => choices(schema, name))
    .filter(([name]) => name !== 'pattern' && name !== 'boundBy');

  it.each(['ja', 'en'] as const)('name every choice of a ruleset in %s', (locale) => {
    expect(all.length).toBeGreaterThan(60);
    expect(all.filter(([name, option]) => !words(locale).has(`screen.option.${name}.${option}`))).toEqual([]);
  });

  it.each(['ja', 'en'] as const)('have a phrase for every operator and a word for every unit in %s', (locale) => {
    const operators = bundle.$defs.Operator.enum.filter((operator) => operator !== 'isPresent');
    expect(operators.filter((operator) => !words(locale).has(`screen.condition.${operator}`))).toEqual([]);
    const units = Object.values(dictionary).flatMap((fact) => ('unit' in fact ? [fact.unit] : []));
    expect(units.filter((unit) => !words(locale).has(`screen.unit.${unit}`))).toEqual([]);
  });
});
