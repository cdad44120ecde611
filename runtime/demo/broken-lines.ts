/**
 * What comes in usage files that no bill can be made of? Unknown and stopped numbers, values that are none, lines cut short,
 * bytes that are no text, records that contradict earlier ones. Also called: rejects, poison, エラー明細, 不正データ.
 */
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import { isLine } from './mobile-lines.ts';
import { heldStretches, stretchOn, type Population } from './population.ts';

export type BrokenLines = {
  readonly calls: readonly string[];
  /** For the end of the file with calls: what could not be told apart from other lines in the middle of it. */
  readonly bytes: readonly Buffer[];
  readonly sessions: readonly string[];
  readonly readings: readonly string[];
};

export const nothingBroken: BrokenLines = { calls: [], bytes: [], sessions: [], readings: [] };

/** Broken lines for a file of the days from one on, of `stopped` numbers and of records that are in the file as well. */
export function brokenLines(from: CivilDate, stopped: readonly string[], sessions: readonly string[]): BrokenLines {
  const compact = from.replaceAll('-', '');
  const slashed = from.replaceAll('-', '/');
  const at = (hour: number, index: number): string =>
    `${from} ${hour}:${two(Math.floor(index / 60))}:${two(index % 60)}`;
  return {
    calls: [
      ...lines(24, (index) => `0700999${String(index).padStart(4, '0')},09000001234,${at(12, index)},75,mobile,TK1`),
      ...lines(9, (index) => `07000000101,09000001234,${at(13, index)},-${index + 5},mobile,TK2`),
      ...lines(5, (index) => `07000000101,09000001234,${at(14, index)},1e${index + 1},mobile,TK2`),
      ...lines(7, (index) => `07000000201,09000004321,${from.slice(0, 8)}00 10:00:${two(index)},42,mobile,OS1`),
      ...lines(4, (index) => `07000000301,09000004321,${at(15, index)}`),
      ...lines(2, (index) => `,09000004321,${at(16, index)},42,mobile,OS1`),
      ...stopped.slice(0, 14).map((caller, index) => `${caller},09000007777,${at(10, index)},120,mobile,TK1`),
    ],
    bytes: [
      // No text at all, as after a fault of the disk; and a quote that never closes.
      Buffer.from([0x30, 0x37, 0x30, 0xff, 0xfe, 0x2c, 0x2c, 0x0a]),
      Buffer.from(`"07000000019,09000001234,${from} 08:00:00,60,mobile,TK1\n`),
    ],
    sessions: [
      // The same record again, with another amount: neither a duplicate nor new.
      ...sessions.slice(0, 12).map((line) => line.replace(/,(SMS|DATA),(\d+),/, ',$1,9$2,')),
      ...lines(5, (index) => `X-${compact}-${index},07000000101,MMS,1,${compact}120000`),
      ...lines(14, (index) => `Y-${compact}-${index},0700999000${index % 10},DATA,1200,${compact}120000`),
      ...lines(6, (index) => `Z-${compact}-${index},07000000201,DATA,12 MB,${compact}120000`),
    ],
    readings: [`0399999999999999999999,不明,${slashed},210`, `0399999999999999999998,不明,${slashed},２１０`],
  };
}

const two = (n: number): string => String(n).padStart(2, '0');
const lines = (n: number, line: (index: number) => string): string[] =>
  Array.from({ length: n }, (_, index) => line(index));

/** Numbers of lines that are suspended on the day, and then of those that are gone. */
export function stoppedNumbers({ customers }: Population, day: CivilDate): readonly string[] {
  const lines = customers.flatMap(({ products }) => products).filter(isLine);
  const begun = lines.filter((product) => heldStretches(product)[0]!.from < day);
  const numbers = Map.groupBy(begun, (product) => stretchOn(heldStretches(product), day)?.status ?? 'gone');
  return [...(numbers.get('suspended') ?? []), ...(numbers.get('gone') ?? [])].map(({ identifier }) => identifier!);
}
