/**
 * Do we bill 1,616 real subscribers as their operator did? 6,464 amounts, and we agree in all but 17.
 * The 17 are exact ties at half a cent which the operator's own system lost to binary fractions: ours is the exact one.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { bill } from '#engine/billing/bill.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';
import type { AccountDocument } from '#schemas/generated/types.ts';
import { rulesetsOf, telecomUsage } from './shipped.ts';

const bands = ['day', 'evening', 'night', 'international'] as const;
type Band = (typeof bands)[number];

/** Ten-thousandths of a dollar for a tenth of a minute: 0.17, 0.085, 0.045 and 0.27 a minute. */
const tariff: Readonly<Record<Band, bigint>> = { day: 170n, evening: 85n, night: 45n, international: 270n };

interface Amount {
  readonly subscriber: string;
  readonly band: Band;
  readonly minutes: string;
  readonly billed: bigint;
  readonly ours: bigint;
  /** By whole numbers alone, without the engine. */
  readonly tenThousandths: bigint;
}

/** '7.1' is 710 hundredths. */
function hundredths(text: string): bigint {
  const [whole = '', part = ''] = text.split('.');
  return BigInt(whole + part.padEnd(2, '0'));
}

function document(row: Readonly<Record<string, string>>): AccountDocument {
  const id = row['subscriber'] ?? '';
  return {
    customer: { id, type: 'individual' },
    accounts: [{ id, billingCycle: 'month-end' }],
    products: [
      {
        id,
        account: id,
        offering: 'telephone-line',
        event: 'new',
        appliedOn: '2020-01-01',
        startsOn: '2020-01-01',
        endsOn: null,
      },
    ],
    usage: bands.map((band) => ({
      id: `${id}-${band}`,
      product: id,
      meter: 'voice.minutes',
      startedAt: '2026-10-01T00:00:00',
      quantity: row[`${band}_minutes`] ?? '',
      attributes: { band },
    })),
    periods: { first: '2026-10', last: '2026-10' },
  };
}

describe('the operator in the data set', () => {
  let amounts: readonly Amount[];

  beforeAll(() => {
    const release = prepareRelease(rulesetsOf('real-usage'));
    amounts = telecomUsage().flatMap((row) => {
      const lines = bill(document(row), release).bills[0]?.lines ?? [];
      return bands.map((band) => ({
        subscriber: row['subscriber'] ?? '',
        band,
        minutes: row[`${band}_minutes`] ?? '',
        billed: hundredths(row[`billed_${band}`] ?? ''),
        ours: hundredths(lines.find((line) => line.charge === band)?.amount ?? '0.00'),
        tenThousandths: (hundredths(row[`${band}_minutes`] ?? '') / 10n) * tariff[band],
      }));
    });
  });

  it('billed 6,464 amounts to 1,616 subscribers', () => {
    expect(amounts).toHaveLength(6464);
    expect(new Set(amounts.map(({ subscriber }) => subscriber)).size).toBe(1616);
  });

  it('and we bill the same, but for 17 ties in the night band, where ours is one cent higher', () => {
    const different = amounts.filter(({ ours, billed }) => ours !== billed);
    expect(
      different.map(({ subscriber, band, minutes, ours, billed }) => [subscriber, band, minutes, ours - billed]),
    ).toEqual([
      ['S00065', 'night', '159.0', 1n],
      ['S00108', 'night', '217.0', 1n],
      ['S00204', 'night', '217.0', 1n],
      ['S00412', 'night', '189.0', 1n],
      ['S00538', 'night', '121.0', 1n],
      ['S00547', 'night', '171.0', 1n],
      ['S00623', 'night', '121.0', 1n],
      ['S00859', 'night', '185.0', 1n],
      ['S00976', 'night', '191.0', 1n],
      ['S01037', 'night', '171.0', 1n],
      ['S01211', 'night', '159.0', 1n],
      ['S01336', 'night', '189.0', 1n],
      ['S01343', 'night', '159.0', 1n],
      ['S01352', 'night', '159.0', 1n],
      ['S01512', 'night', '171.0', 1n],
      ['S01576', 'night', '191.0', 1n],
      ['S01598', 'night', '159.0', 1n],
    ]);
  });

  it('each of the 17 is exactly half a cent above what the operator billed', () => {
    const different = amounts.filter(({ ours, billed }) => ours !== billed);
    expect(different.map(({ tenThousandths, billed }) => tenThousandths - billed * 100n)).toEqual(Array(17).fill(50n));
  });

  it('every amount of ours is the exact one, rounded half up', () => {
    expect(amounts.filter(({ ours, tenThousandths }) => ours !== (tenThousandths + 50n) / 100n)).toEqual([]);
  });
});
