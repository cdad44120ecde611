/** How fast are conditions asked and tables looked up: against the library, with many of them, and how long until they are ready? */
import { Engine, type TopLevelCondition } from 'json-rules-engine';
import { compileRules, type CompiledRules } from '#engine/compile/compile-rules.ts';
import type { FactValue } from '#engine/conditions/evaluate.ts';
import { operators } from '#engine/conditions/operators.ts';
import { matrixRowFor } from '#engine/tables/matrix.ts';
import { evaluateSource } from '#runtime/workers/evaluate-source.ts';
import type { Condition, MatrixPrice } from '#schemas/generated/types.ts';
import type { Contest, Side } from './measure.ts';
import { eventsOf, type Events } from './rating-by-hand.ts';

const EVENTS = 1_000;
/** So often ours is asked in a run: once would be over before a clock had moved. */
const PASSES = 2_000;
const METERS = ['voice.seconds', 'sms.messages', 'data.kilobytes'];
const DESTINATIONS = ['onNet', 'offNet', 'international'];

/** Nine rules a plan: six prices of calls by destination and hour, two of messages, one of data. */
function rulesOf(plans: number): readonly Condition[] {
  return Array.from({ length: plans }, (_, plan) => {
    const of = (meter: string, ...more: Extract<Condition, { all: unknown }>['all']): Condition => ({
      all: [
        { fact: 'product.ratePlan', operator: 'equal', value: `plan-${String(plan)}` },
        { fact: 'usage.meter', operator: 'equal', value: meter },
        ...more,
      ],
    });
    const peak = { fact: 'usage.hour', operator: 'decimalBetween', value: ['8', '20'] } as const;
    const to = (value: string) => ({ fact: 'usage.destination', operator: 'equal', value }) as const;
    const at = { ...peak, value: [...peak.value] };
    return [
      ...DESTINATIONS.flatMap((name) => [
        of('voice.seconds', to(name), at),
        of('voice.seconds', to(name), { not: at }),
      ]),
      of('sms.messages', to('international')),
      of('sms.messages', { not: to('international') }),
      of('data.kilobytes'),
    ];
  }).flat();
}

type FactsOf = Readonly<Record<string, FactValue>>;

function factsOf({ account, meter, destination, hour }: Events, use: number, plans: number): FactsOf {
  return {
    'product.ratePlan': `plan-${String(account[use]! % plans)}`,
    'usage.meter': METERS[meter[use]!]!,
    'usage.destination': DESTINATIONS[destination[use]!]!,
    'usage.hour': String(hour[use]!),
  };
}

/** Asks the rules of so many uses, so often; the checksum is the sum of the numbers of those that held, the same each time. */
function asked(rules: CompiledRules, plans: number, events: Events, passes = 1): Side {
  const all = Array.from({ length: events.count }, (_, use) => {
    const facts = factsOf(events, use, plans);
    return rules.facts.map((fact) => facts[fact] ?? null);
  });
  return {
    size: events.count * passes,
    run: () => {
      const sums = new Set<number>();
      for (let pass = 0; pass < passes; pass += 1) {
        const held: number[] = [];
        for (const values of all) rules.match(values, held);
        sums.add(held.reduce((sum, rule) => sum + rule + 1, 0));
      }
      return [...sums].join(' and ');
    },
  };
}

/** 27 rules over a thousand uses, against json-rules-engine with the same operators. */
export function library(): Contest {
  const [conditions, events] = [rulesOf(3), eventsOf(EVENTS, 30)];
  const engine = new Engine(
    conditions.map((condition, rule) => ({
      conditions: condition as TopLevelCondition,
      event: { type: String(rule + 1) },
    })),
  );
  for (const [name, { impl }] of Object.entries(operators)) {
    engine.addOperator(name, (fact: FactValue, value: Parameters<typeof impl>[1]) => impl(fact, value));
  }
  const facts = Array.from({ length: EVENTS }, (_, use) => factsOf(events, use, 3));
  return {
    name: 'library',
    unit: 'uses/s',
    against: 'json-rules-engine',
    aim: 1_000,
    product: asked(compileRules(conditions, evaluateSource), 3, events, PASSES),
    reference: {
      size: EVENTS,
      run: async () => {
        let sum = 0;
        for (const each of facts) for (const { type } of (await engine.run({ ...each })).events) sum += Number(type);
        return String(sum);
      },
    },
    sameChecksum: true,
  };
}

/** 27,000 conditions against 27, 270 and 2,700 between. */
export function conditions(): Contest {
  const events = eventsOf(100_000, 3_000);
  return {
    name: 'conditions',
    unit: 'uses/s',
    against: '27 conditions instead of 27,000',
    aim: 0.5,
    product: asked(compileRules(rulesOf(3_000), evaluateSource), 3_000, events),
    reference: asked(compileRules(rulesOf(3), evaluateSource), 3, events),
    between: {
      '270': asked(compileRules(rulesOf(30), evaluateSource), 30, events),
      '2,700': asked(compileRules(rulesOf(300), evaluateSource), 300, events),
    },
    sameChecksum: false,
  };
}

/** Until 20,000 rows and as many conditions can be asked, the first answer included. */
export function compile(): Contest {
  const ROWS = 20_000;
  const some = rulesOf(Math.ceil(ROWS / 9)).slice(0, ROWS);
  const table = tableOf(ROWS);
  const facts = (id: string): FactValue => table.rows[ROWS - 1]!.when[Number(id.slice(-1))] as string;
  return {
    name: 'compile',
    unit: 'rows/s',
    against: '20,000 rows in a second',
    aim: 1,
    product: {
      size: ROWS,
      run: () => {
        const rules = compileRules(some, evaluateSource);
        const held: number[] = [];
        rules.match(
          rules.facts.map(() => 'plan-7'),
          held,
        );
        return `${String(held.length)} ${String(matrixRowFor({ ...table }, facts))}`;
      },
    },
    reference: ROWS,
    sameChecksum: false,
  };
}

const COLUMNS = 8;

/** Rows of eight columns with thirty names each, of which every fifth cell takes anything; some rows apart, none twice. */
function tableOf(rows: number): MatrixPrice {
  let state = 7;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
  return {
    model: 'matrix',
    hit: 'first',
    columns: Array.from({ length: COLUMNS }, (_, column) => ({ fact: `usage.f${String(column)}`, match: 'equal' })),
    rows: Array.from({ length: rows }, (_, row) => ({
      id: `R-${String(row)}`,
      when: Array.from({ length: COLUMNS }, () => (next() < 0.2 ? null : `name-${String(Math.floor(next() * 30))}`)),
      unitPrice: '1',
    })),
  };
}

const TABLE_ROWS = 16_000;
const QUESTIONS = 10_000;

/** Questions that a row answers: its own cells, and something for those that take anything. */
export const table = (): Contest =>
  lookedUp('table', (cell, question, column) => cell ?? `name-${String((question + column) % 30)}`);

/** Questions that no row answers: names that others of the table have, one of a stranger among them. */
export const misses = (): Contest =>
  lookedUp('misses', (_cell, question, column) =>
    question % COLUMNS === column ? 'name-none' : `name-${String((question * (column + 3)) % 30)}`,
  );

function lookedUp(name: string, ask: (cell: string | null, question: number, column: number) => string): Contest {
  const price = tableOf(TABLE_ROWS);
  const names = price.columns.map(({ fact }) => fact);
  const questions = Array.from({ length: QUESTIONS }, (_, question) => {
    const { when } = price.rows[(question * 7919) % TABLE_ROWS]!;
    return Object.fromEntries(
      names.map((fact, column) => [fact, ask(when[column] as string | null, question, column)]),
    );
  });
  return {
    name,
    unit: 'look-ups/s',
    against: 'one in a microsecond',
    aim: 1,
    product: {
      size: QUESTIONS,
      run: () => {
        let sum = 0;
        for (const facts of questions) sum += matrixRowFor(price, (id) => facts[id]!) ?? -1;
        return String(sum);
      },
    },
    reference: 1_000_000,
    sameChecksum: false,
  };
}
