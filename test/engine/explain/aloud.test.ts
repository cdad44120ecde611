/**
 * Are the lines of a bill said as a call centre would read them? Sentences written by hand, from amounts worked out by hand.
 * That every line of every shipped case is a whole sentence without signs is in test/rulesets/explains.test.ts.
 */
import { describe, expect, it } from 'vitest';
import { bill } from '#engine/billing/bill.ts';
import { releaseOf } from '#engine/cases/run-cases.ts';
import { billAloud, type BillSpoken } from '#engine/explain/aloud/bill-aloud.ts';
import { lineAloud } from '#engine/explain/aloud/line-aloud.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';
import type { Bill, BillLine } from '#schemas/generated/types.ts';
import formulas from '#schemas/messages/trace.ja.json' with { type: 'json' };
import { words, type Said } from '#schemas/messages/render.ts';
import { locales } from '#schemas/messages/words.ts';
import { account, offering, plan, product, releaseOf as releaseOfSet, usage } from '../billing/build.ts';
import { caseFiles, casesIn, operators, rulesetsOf } from '../../rulesets/shipped.ts';

const inBoth = ({ code, values }: Said): string[] => locales.map((locale) => words(locale).render(code, values));

const cases = operators.flatMap((operator) => {
  const release = prepareRelease(rulesetsOf(operator));
  return caseFiles(operator)
    .flatMap(casesIn)
    .map((one) => ({ one, release }));
});

/** The bill of the month of the first case with this source that has one, and how it is read. */
function read(source: string, month: string): { readonly made: Bill; readonly spoken: BillSpoken } {
  for (const { one, release: all } of cases) {
    if (one.source !== source) continue;
    const release = releaseOf(one, all);
    const { bills, trace = [] } = bill(one.given, release, { trace: true });
    const at = bills.findIndex(({ period }) => period.start.startsWith(month));
    if (at >= 0) return { made: bills[at]!, spoken: billAloud(bills[at]!, one.given, release, trace[at]) };
  }
  throw new Error(`no case ${source} has a bill of ${month}`);
}

function sentence({ made, spoken }: ReturnType<typeof read>, charge: string): string[] {
  const [id, nth = '1'] = charge.split('#');
  const line = made.lines.filter((each) => each.charge === id)[Number(nth) - 1];
  const said = spoken.lines.find((each) => each.line === line?.id);
  if (said === undefined) throw new Error(`no line ${charge} among ${made.lines.map((each) => each.charge).join(' ')}`);
  return inBoth(said.aloud);
}

const household = 'hand: test/rulesets/golden/household.txt';

describe('a line is read as', () => {
  it.each([
    [
      household,
      '2026-11',
      'base',
      'スマホ M、2 年契約の基本料の11月分です。月額料金の1か月分で、2,700円になります。',
      'This line is for the basic fee of smartphone M, two-year term for November. For a whole month, that is 2,700 yen.',
    ],
    [
      household,
      '2026-11',
      'call',
      'スマホ M、2 年契約の国内通話の11月分です。ご利用は620秒です。1回につき5分までは無料です。30秒単位で11単位、1単位あたり20円で、220円になります。',
      'This line is for the calls within Japan of smartphone M, two-year term for November. You used 620 seconds. The first 5 minutes of each use are free. For 11 units of 30 seconds at 20 yen each, that is 220 yen.',
    ],
    [
      household,
      '2026-11',
      'mobile-tenure',
      'スマホ M、2 年契約の基本料についての、長期ご利用割引です。ご契約2年目のため、2,700円の5パーセントを割り引き、135円の差し引きになります。',
      'This line is for the loyalty discount, on the basic fee of smartphone M, two-year term. In contract year 2, with 5 per cent off 2,700 yen, that is 135 yen off.',
    ],
    [
      household,
      '2026-11',
      'new-life-half-price',
      '光インターネットの基本料についての、新生活応援キャンペーンです。6か月のキャンペーンの4か月目のため、4,800円の50パーセントを割り引き、2,400円の差し引きになります。',
      'This line is for the new-life support campaign, on the basic fee of home internet. In month 4 of 6 of the campaign, with 50 per cent off 4,800 yen, that is 2,400 yen off.',
    ],
    [
      household,
      '2026-11',
      'data',
      'スマホ M、2 年契約のデータ通信の11月分です。24ギガバイトのうち、20ギガバイトは1ギガバイトあたり0円、4ギガバイトは1ギガバイトあたり200円で、800円になります。',
      'This line is for the data of smartphone M, two-year term for November. For 24 gigabytes in all, band by band 20 gigabytes at 0 yen each, 4 gigabytes at 200 yen each, that is 800 yen.',
    ],
    [
      'test/rulesets/golden/energy-winter.txt',
      '2025-12',
      'energy',
      '電力量料金の12月分です。412キロワット時のうち、120キロワット時は1キロワット時あたり29.8円、180キロワット時は1キロワット時あたり36.4円、112キロワット時は1キロワット時あたり40.49円で、14,662.88円の端数を切り捨てて、14,662円になります。',
      'This line is for the energy for December. For 412 kilowatt hours in all, band by band 120 kilowatt hours at 29.8 yen each, 180 kilowatt hours at 36.4 yen each, 112 kilowatt hours at 40.49 yen each, that is 14,662.88 yen, rounded down to 14,662 yen.',
    ],
    [
      'test/rulesets/golden/energy-winter.txt',
      '2025-11',
      'fuel-adjustment',
      '燃料費調整額の11月分です。284キロワット時、1キロワット時あたりマイナス1.53円で、434.52円の端数を切り捨てて、434円の差し引きになります。',
      'This line is for the fuel adjustment for November. For 284 kilowatt hours at minus 1.53 yen each, that is 434.52 yen, rounded down to 434 yen off.',
    ],
    [
      'test/rulesets/golden/energy-winter.txt',
      '2025-12',
      'rounding-adjustment',
      '端数の調整です。明細の合計17,573円を、端数を一度だけ処理した17,575円に合わせるもので、2円になります。',
      'This is an adjustment of fractions. To bring the sum of the lines, 17,573 yen, to the sum rounded only once, 17,575 yen, that is 2 yen.',
    ],
    [
      'hand: 4,500 × 15 ÷ 30',
      '2026-11',
      'internet-base',
      'インターネット 基本料の11月16日から30日までの分です。月額4,500円を30日で日割りした15日分で、2,250円になります。',
      'This line is for the internet, basic fee for 16 to 30 November. For 15 of 30 days, at 4,500 yen a month, that is 2,250 yen.',
    ],
    [
      'AX-03; March: 1,625 − 812',
      '2026-03',
      'tv-base',
      'テレビ 基本料の3月20日から31日までの分です。月額4,200円を31日で日割りした12日分で、約1,625.81円の端数を切り捨てて、1,625円になります。',
      'This line is for the television, basic fee for 20 to 31 March. For 12 of 31 days, at 4,200 yen a month, that is about 1,625.81 yen, rounded down to 1,625 yen.',
    ],
    [
      'AX-03; March: 1,625 − 812',
      '2026-03',
      'setup',
      '加入手数料です。3月20日のご利用開始の際に1回だけいただくもので、2,000円になります。',
      'This line is for the joining fee. Charged once, when your service began on 20 March, that is 2,000 yen.',
    ],
    [
      'AX-06: 3,620.69 and 3,879.31, the larger remainder up',
      '2026-11',
      'all-in#2',
      'ケーブルインターネットのインターネット 基本料についての、コミコミセットです。セットの価格を7,500円とするため、この料金の分として、621円の差し引きになります。',
      'This line is for the all-in set, on the internet, basic fee of cable internet. To bring the set to its price of 7,500 yen, for this charge that is 621 yen off.',
    ],
    [
      'AX-28: 34,187.5 is above 30,000',
      '2026-11',
      'energy-cap',
      '従量料金についての、上限を超えた分の差し引きです。割引前の34,187円が上限の30,000円を超えるため、超えた分で、4,187円の差し引きになります。',
      'This takes off what is above the cap, on the metered use. Because 34,187 yen before discounts is above the cap of 30,000 yen, the excess is taken off, which is 4,187 yen off.',
    ],
    [
      'hand: 311.75 is below 328.08',
      '2025-12',
      'minimum-monthly',
      '最低月額料金の、12月分の最低料金との差額です。割引前の311円が最低料金の328円に届かないため、その差額で、17円になります。',
      'This is what the minimum monthly charge falls short of its minimum for December. Because 311 yen before discounts is below the minimum of 328 yen, the difference is added, which is 17 yen.',
    ],
    [
      'hand: 500 + 2 + 1',
      '2026-11',
      'universal-service',
      'ユニバーサルサービス料です。11月のご利用に対して法令によりお預かりするもので、1番号分で、2円になります。',
      'This line is for the universal service fee. Collected by law for your use in November, for one number, that is 2 yen.',
    ],
    [
      'hand: 35,000 = 1,466 + 23 × 1,458',
      '2026-03',
      'construction',
      '引込工事費の3月分です。総額35,000円の24回払いの1回目で、1,466円になります。',
      'This line is for the installation for March. As part 1 of 24 of 35,000 yen in all, that is 1,466 yen.',
    ],
    [
      'hand: 1,458 + 11 × 1,458 = 17,496',
      '2027-03',
      'construction#2',
      '引込工事費です。ご利用の終了により、総額35,000円のうち残り11回分をまとめていただくもので、16,038円になります。',
      'This line is for the installation. For the 11 parts left of 35,000 yen in all, due at once because your service has ended, that is 16,038 yen.',
    ],
    [
      'hand: 11 × 400 = 4,400',
      '2026-04',
      'cancellation',
      '解約金です。契約期間の最終日である2027年3月19日より前に解約されたため、計算では4,400円ですが、上限の4,200円までとして、4,200円になります。',
      'This line is for the cancellation fee. For leaving before the term ends on 19 March 2027, 4,400 yen would be owed, but no more than 4,200 yen, which is 4,200 yen.',
    ],
    [
      'AX-14: 24,000 × (24 − 9) ÷ 24',
      '2025-01',
      'construction-24000',
      '工事費 24,000 円です。総額24,000円の24か月のうち、残り15か月分で、15,000円になります。',
      'This line is for the construction fee of 24,000. For 15 of 24 months left of 24,000 yen in all, that is 15,000 yen.',
    ],
    [
      'AX-19: 10,000 × 14.5 % × 45 ÷ 365',
      '2026-07',
      'late-april',
      '遅延損害金です。5月27日が期日の10,000円のお支払いが45日遅れたため、年14.5パーセントで計算して、約178.77円の端数を切り捨てて、178円になります。',
      'This line is for the late interest. For 10,000 yen due on 27 May and paid 45 days late, at 14.5 per cent a year, that is about 178.77 yen, rounded down to 178 yen.',
    ],
    [
      'AX-10',
      '2026-11',
      'packets',
      'パケット料の11月分です。5,000パケットを1パケットあたり0.08円で計算した400円は下限の1,000円に届かないため、下限の金額として、1,000円になります。',
      'This line is for the packets for November. For 5,000 packets at 0.08 yen each, 400 yen would be below the least of 1,000 yen, that is 1,000 yen.',
    ],
    [
      'hand: 100 units of 60 = 6,000',
      '2026-11',
      'data',
      'データ通信の11月分です。100メガバイト単位で100単位を1単位あたり60円で計算した6,000円は上限の2,980円を超えるため、上限の金額として、2,980円になります。',
      'This line is for the data for November. For 100 units of 100 megabytes at 60 yen each, 6,000 yen would be above the most of 2,980 yen, that is 2,980 yen.',
    ],
    [
      'AX-07a; 170,000 by its own tier',
      '2026-11',
      'seats',
      'ライセンスの11月分です。そのまま計算した170,000円よりも、数量20として1つあたり8,000円で計算したほうが安いため、安いほうの金額で、160,000円になります。',
      'This line is for the licences for November. Counted as 20 at 8,000 yen each, which costs less than 170,000 yen, that is 160,000 yen.',
    ],
    [
      'hand: 10 × 7,500',
      '2026-11',
      'seats',
      'ライセンスの11月分です。数量10に、お客様とお約束した単価7,500円を掛けたもので、75,000円になります。',
      'This line is for the licences for November. For 10 at the price of 7,500 yen each agreed with you, that is 75,000 yen.',
    ],
    [
      'test/rulesets/golden/homes-moving-out.txt',
      '2029-03',
      'deposit-return',
      '敷金の返還です。3月20日に計上した調整で、80,000円の差し引きになります。',
      'This line is for the deposit returned. Entered by us on 20 March, that is 80,000 yen off.',
    ],
    [
      'hand: 7,300 × 265 ÷ 365',
      '2026-07',
      'membership',
      '年会費の2026年7月10日から2027年3月31日までの分です。前払いでいただいた7,300円の365日のうち、ご利用のない265日分をお返しするもので、5,300円の差し引きになります。',
      'This line is for the membership for 10 July 2026 to 31 March 2027. For 265 of 365 days without service, of the 7,300 yen that you paid in advance, that is 5,300 yen off.',
    ],
    [
      '4 月 0 GB、5 月 21 GB − 20 = 1 × 500',
      '2026-05',
      'data',
      'データ通信、超過分の5月分です。ご利用は21ギガバイトで、そのうち20ギガバイトは無料分です。1ギガバイト、1ギガバイトあたり500円で、500円になります。',
      'This line is for the data beyond the allowance for May. You used 21 gigabytes, of which 20 gigabytes came out of what is included. For 1 gigabyte at 500 yen each, that is 500 yen.',
    ],
    [
      'hand: 100 × 29.8 = 2,980; 3 × 1,000',
      '2026-01',
      'switching-bonus-clawback',
      '乗り換え割です。12か月以内に解約されたため、これまでの割引をお返しいただくもので、3,000円になります。',
      'This line is for the switching bonus. For leaving within 12 months, what had been taken off is repaid, which is 3,000 yen.',
    ],
    [
      'test/rulesets/golden/machines-pool.txt',
      '2026-11',
      'calls',
      'データ基盤のAPI 呼び出しの11月分です。12,345回は1,000回ずつのまとまり13個にあたり、1個50円で、650円になります。',
      'This line is for the calls of data platform for November. For 12,345 calls, which take 13 packages of 1,000 calls at 50 yen each, that is 650 yen.',
    ],
  ])('%s, %s, %s', (source, month, charge, ja, en) => {
    expect(sentence(read(source, month), charge)).toEqual([ja, en]);
  });
});

/** A line that no shipped case has, of a bill in yen for November 2026. */
function handmade(why: BillLine['why'], amount: string, exact = amount, base = exact): string[] {
  const line = {
    ...{ id: 'L1', product: null, charge: 'base', name: { ja: '基本料', en: 'Basic fee' }, phase: 'listCharges' },
    ...{ ruleset: 'ratePlan/plan', version: 1, row: '', target: null, quantity: '1', unitPrice: null, why },
    ...{ servicePeriod: { start: '2026-11-01', end: '2026-12-01' }, base, exact, amount, tax: '0' },
    ...{ taxCategory: 'standard', taxIncluded: false },
  } as const satisfies BillLine;
  const made = { ...read(household, '2026-11').made, lines: [line] };
  return inBoth(lineAloud(line, { bill: made, release: prepareRelease([]) }));
}

describe('and what no shipped ruleset asks for as', () => {
  it.each([
    [
      { code: 'line.month.rest', values: { month: '1000', days: '16', of: '28', rest: '464.28' } },
      ...(['464', '464.28', '464.28'] as const),
      '基本料の11月分です。月額1,000円の28日のうち16日分ですが、ほかの期間と合わせて1か月分を超えないように、残りの464.28円までとし、464.28円の端数を切り捨てて、464円になります。',
      'This line is for the basic fee for November. For 16 of 28 days at 1,000 yen a month, but no more than the 464.28 yen that the other days of the month have left, that is 464.28 yen, rounded down to 464 yen.',
    ],
    [
      {
        code: 'line.recurring.byDay',
        values: { price: '4000', quantity: '1', agreement: 'N-1', days: '15', of: '30' },
      },
      ...(['2000', '2000', '2000'] as const),
      '基本料の11月分です。お客様とお約束した月額4,000円を30日で日割りした15日分で、2,000円になります。',
      'This line is for the basic fee for November. For 15 of 30 days, at 4,000 yen a month agreed with you, that is 2,000 yen.',
    ],
    [
      { code: 'line.cyclic.difference', values: { days: '10', of: '31', interval: '30', paid: '3000', price: '6000' } },
      ...(['1032', '1032.26', '1032.26'] as const),
      '基本料の11月分です。新しい料金6,000円の30日のうち10日分から、お支払い済みの3,000円の31日のうち10日分を引いた差額で、1,032.26円の端数を切り捨てて、1,032円になります。',
      'This line is for the basic fee for November. For 10 of 30 days at the new 6,000 yen, less 10 of 31 days of the 3,000 yen that you paid in advance, that is 1,032.26 yen, rounded down to 1,032 yen.',
    ],
    [
      { code: 'line.correction', values: { month: '2026-10', before: '26803', after: '34187' } },
      ...(['7384', '7384', '7384'] as const),
      '基本料の見直しです。10月の分を計算し直したところ、26,803円ではなく34,187円でしたので、その差額で、7,384円になります。',
      'This is a correction of the basic fee. Worked out again, October comes to 34,187 yen instead of 26,803 yen, and for the difference that is 7,384 yen.',
    ],
    [
      { code: 'line.clawback.proportion', values: { base: '12600', left: '2', months: '6' } },
      ...(['4200', '4200', '12600'] as const),
      '基本料です。6か月以内に解約されたため、これまでの割引12,600円の6分の2をお返しいただくもので、4,200円になります。',
      'This line is for the basic fee. For leaving within 6 months, 2 of 6 parts of the 12,600 yen that had been taken off are repaid, which is 4,200 yen.',
    ],
    [
      { code: 'line.passThrough', values: { supplier: '10000', markup: '5' } },
      ...(['10500', '10500', '10500'] as const),
      '基本料の11月分です。仕入先からの請求10,000円に5パーセントを加えて、10,500円になります。',
      'This line is for the basic fee for November. For the 10,000 yen that our supplier asks, with 5 per cent added, that is 10,500 yen.',
    ],
    [
      { code: 'line.discount.campaign.percentOff', values: { month: '0', months: '2', percent: '50' } },
      ...(['-500', '-500', '1000'] as const),
      '基本料の11月分です。2か月のキャンペーンの初月の端数の期間のため、1,000円の50パーセントを割り引き、500円の差し引きになります。',
      'This line is for the basic fee for November. In the part period before the first of 2 of the campaign, with 50 per cent off 1,000 yen, that is 500 yen off.',
    ],
  ] as const)('$0.code', (why, amount, exact, base, ja, en) => {
    expect(handmade(why, amount, exact, base)).toEqual([ja, en]);
  });

  it('connect fees, within the price of the calls', () => {
    const call = (id: string, quantity: string) => ({
      ...{ id, product: 'P-1', meter: 'voice.seconds', startedAt: `2026-04-1${id}T10:00:00`, quantity },
    });
    const document = account('2026-04', [product()], { usage: [call('1', '60'), call('2', '90')] });
    const release = releaseOfSet([
      offering(),
      plan([
        usage({
          unit: { size: '30', rounding: 'up', per: 'event' },
          price: { model: 'perUnit', unitPrice: '20' },
          connectFee: '10',
        }),
      ]),
    ]);
    const { bills, trace = [] } = bill(document, release, { trace: true });
    const [line] = billAloud(bills[0]!, document, release, trace[0]).lines;
    // 2 and 3 units of 20, and twice 10.
    expect(inBoth(line!.aloud).map((text) => text.slice(text.search(/ご利用は|You used/)))).toEqual([
      'ご利用は2回、合わせて150秒です。30秒単位で5単位、1単位あたり20円で、120円になります。これには、接続料10円の2回分、20円が含まれています。',
      'You used 150 seconds in 2 uses. For 5 units of 30 seconds at 20 yen each, that is 120 yen. This includes connect fees of 20 yen, 10 yen for each of 2 uses.',
    ]);
  });

  it('a penalty that is not owed', () => {
    const { spoken } = read('tariff', '2024-07');
    expect(spoken.spared.flatMap(inBoth)).toEqual([
      '違約金は、ご逝去のため、いただきません。',
      'The penalty is waived because of bereavement.',
    ]);
  });

  it('no line has a formula without a sentence', () => {
    const codes = Object.keys(formulas).filter((code) => code.startsWith('line.'));
    const spoken = codes.map((code) => code.replace(/^line/, 'aloud').replace(/discount\.\w+\./, 'discount.'));
    expect(codes.length).toBeGreaterThan(50);
    expect(spoken.filter((code) => !words('ja').has(code))).toEqual([]);
  });
});

describe('the bill ends with', () => {
  const { spoken } = read(household, '2026-11');

  it('the tax of each rate', () => {
    expect(spoken.tax.flatMap(inBoth)).toEqual([
      '消費税は、標準税率の対象額15,090円に対して10パーセントで、1,509円になります。',
      'Tax on 15,090 yen at the standard rate, 10 per cent, is 1,509 yen.',
      '課税の対象とならない額は2,000円で、消費税はかかりません。',
      'No tax is owed on 2,000 yen outside the scope of tax.',
    ]);
  });

  it('the total and the day it is due', () => {
    expect(inBoth(spoken.total)).toEqual([
      'お支払いいただく合計は18,599円で、お支払い期日は12月27日です。',
      'In all you owe 18,599 yen, due on 27 December.',
    ]);
  });
});
