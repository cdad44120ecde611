/**
 * From where to where do two rules that go by steps differ? By contract year, by month, by day.
 * Also called: step function, 段階の比較.
 */

export interface Stretch<Start, Value> {
  readonly from: Start;
  /** The start of the next stretch; null in the last one. */
  readonly to: Start | null;
  readonly before: Value;
  readonly after: Value;
}

/** The stretches on which they differ, neighbours of one kind taken together. `starts` in order, none twice. */
export function differingStretches<Start, Value>(
  starts: readonly Start[],
  before: (at: Start) => Value,
  after: (at: Start) => Value,
): Stretch<Start, Value>[] {
  const merged: Stretch<Start, Value>[] = [];
  starts.forEach((from, index) => {
    const stretch = { from, to: starts[index + 1] ?? null, before: before(from), after: after(from) };
    const last = merged.at(-1);
    if (last !== undefined && isSame(last.before, stretch.before) && isSame(last.after, stretch.after))
      merged[merged.length - 1] = { ...last, to: stretch.to };
    else merged.push(stretch);
  });
  return merged.filter((stretch) => !isSame(stretch.before, stretch.after));
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
