/** What holds of a product on each day? */
import { describe, expect, it } from 'vitest';
import { isServedIn, stretchOn, timelineOf } from '#engine/facts/timeline.ts';
import { product } from '../billing/build.ts';

const spans = (more: Parameters<typeof product>[0]) =>
  timelineOf(product(more)).map(({ from, to, offering, status, ratePlanVersion }) => [
    from,
    to,
    offering,
    status,
    ratePlanVersion,
  ]);

describe('the history of a product', () => {
  it('has no gap: each change ends the stretch before it', () => {
    const history = [
      { from: '2026-03-10', status: 'suspended' as const },
      { from: '2026-02-01', offering: 'other' },
    ];
    expect(spans({ endsOn: '2026-05-01', ratePlanVersion: 2, history })).toEqual([
      ['2026-01-01', '2026-02-01', 'plan', 'active', 2],
      ['2026-02-01', '2026-03-10', 'other', 'active', null],
      ['2026-03-10', '2026-05-01', 'other', 'suspended', null],
    ]);
  });

  it('takes a change on the first day as the beginning, and ignores one on the last', () => {
    const history = [
      { from: '2026-01-01', offering: 'other' },
      { from: '2026-05-01', offering: 'third' },
    ];
    expect(spans({ endsOn: '2026-05-01', history })).toEqual([['2026-01-01', '2026-05-01', 'other', 'active', null]]);
  });

  it('is empty when service ends on the day it would begin', () => {
    expect(spans({ endsOn: '2026-01-01' })).toEqual([]);
  });

  it('has a stretch on every day of service and none outside it', () => {
    const timeline = timelineOf(product({ endsOn: '2026-02-01' }));
    expect(stretchOn(timeline, '2025-12-31')).toBeUndefined();
    expect(stretchOn(timeline, '2026-01-31')?.offering).toBe('plan');
    expect(stretchOn(timeline, '2026-02-01')).toBeUndefined();
    expect([
      isServedIn(timeline, '2026-01-31', '2026-03-01'),
      isServedIn(timeline, '2026-02-01', '2026-03-01'),
    ]).toEqual([true, false]);
  });
});
