/** Can somebody see what uses cost one by one, under another plan too, with nothing but rulesets and documents? */
import { describe, expect, it } from 'vitest';
import type { AccountDocument, Usage } from '#schemas/generated/types.ts';
import { kanade } from './terminal.ts';

const use = (id: string, meter: string, quantity: string, destination?: string): Usage => ({
  id,
  product: 'P-1',
  meter,
  startedAt: `2026-04-${id.slice(2)}T10:00:00`,
  quantity,
  ...(destination === undefined ? {} : { attributes: { destination } }),
});

const document = (offering: string, usage: readonly Usage[]): AccountDocument => ({
  customer: { id: 'C-1', type: 'individual' },
  accounts: [{ id: 'A-1', billingCycle: 'month-end' }],
  products: [
    {
      id: 'P-1',
      account: 'A-1',
      offering,
      event: 'new',
      appliedOn: '2026-01-01',
      startsOn: '2026-01-01',
      endsOn: null,
    },
  ],
  usage: [...usage],
  periods: { first: '2026-04', last: '2026-04' },
});

const rate = (documents: readonly AccountDocument[], ...more: string[]) =>
  kanade(['usage', 'rate', '--rulesets', 'rulesets/kanade-mobile', '--input', '-', ...more], {
    input: documents.map((each) => JSON.stringify(each)).join('\n'),
  });

// Smartphone M: messages 3 each; calls 20 for each 30 seconds, of which the first five minutes of each are free.
const uses = [
  use('U-10', 'sms.messages', '2'),
  use('U-11', 'voice.seconds', '361', 'mobile'),
  use('U-12', 'voice.seconds', '300', 'mobile'),
];

describe('usage rate', () => {
  it('sums what each meter comes to: two messages at 3, and three blocks of 30 seconds at 20', async () => {
    const { exit, out } = await rate([document('smartphone-m', uses), document('smartphone-m', uses)], '--json');
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      uses: 6,
      total: '132',
      sums: [
        { plan: 'smartphone-m', meter: 'sms.messages', uses: 2, amount: '12' },
        { plan: 'smartphone-m', meter: 'voice.seconds', uses: 4, amount: '120' },
      ],
    });
  });

  it('says which plan nobody knows', async () => {
    const { exit, out } = await rate([document('smartphone-m', uses)], '--plan', 'smartphone-xxl', '--lang', 'en');
    expect([exit, out]).toEqual([1, expect.stringContaining('Rate plan smartphone-xxl is not in force')]);
  });

  it('says where the input is no JSON', async () => {
    const { exit, out } = await kanade(
      ['usage', 'rate', '--rulesets', 'rulesets/kanade-mobile', '--input', '-', '--json'],
      { input: '{"customer": ' },
    );
    expect([exit, JSON.parse(out)]).toMatchObject([1, { diagnostics: [{ code: 'malformed-json' }] }]);
  });
});
