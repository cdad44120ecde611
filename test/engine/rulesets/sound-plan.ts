/** The rate plan of the small operator: a charge of every type, and nothing wrong with them. */
import type { RatePlanRuleset } from '#schemas/generated/types.ts';

export const named = (text: string) => ({ ja: text, en: text });
export const envelope = {
  version: 1,
  name: named('Sound'),
  effective: { from: '2026-04-01', to: null },
  reason: 'The first price list.',
};

/** Volume tiers as the brochure has them would fall in price; these do not. */
const tiers = () => [
  { upTo: '100', unitPrice: '3.3' },
  { upTo: null, unitPrice: '2.2', flat: '110' },
];

export const ratePlan: RatePlanRuleset = {
  kind: 'ratePlan',
  id: 'voice',
  ...envelope,
  body: {
    charges: [
      { type: 'oneTime', id: 'setup', name: named('Setup'), on: 'start', price: '3300', taxCategory: 'standard' },
      {
        type: 'recurring',
        id: 'base',
        name: named('Monthly'),
        price: '3000',
        taxCategory: 'standard',
        proration: { start: 'byDay', end: 'full', change: 'byDay' },
        bounds: { minimum: '500', cap: '5000' },
      },
      {
        type: 'usage',
        id: 'calls',
        name: named('Calls'),
        meter: 'voice.seconds',
        where: { all: [{ fact: 'usage.destination', operator: 'in', value: ['domestic'] }] },
        unit: { size: '30', rounding: 'up', per: 'event' },
        price: { model: 'perUnit', unitPrice: '22' },
        taxCategory: 'standard',
      },
      {
        type: 'usage',
        id: 'messages',
        name: named('Messages'),
        meter: 'message.count',
        unit: { size: '1', rounding: 'up', per: 'period' },
        price: { model: 'volume', tiers: tiers() },
        taxCategory: 'standard',
      },
      {
        type: 'usage',
        id: 'packets',
        name: named('Packets'),
        meter: 'packet.count',
        unit: { size: '1', rounding: 'exact', per: 'period' },
        price: { model: 'doubleFlat', floor: '1029', unitPrice: '0.084', ceiling: '4410' },
        taxCategory: 'standard',
      },
      {
        type: 'usage',
        id: 'data',
        name: named('Data'),
        meter: 'data.kilobytes',
        unit: { size: '1000000', rounding: 'up', per: 'period' },
        price: { model: 'graduated', tiers: tiers() },
        taxCategory: 'standard',
      },
      {
        type: 'usage',
        id: 'abroad',
        name: named('Calls abroad'),
        meter: 'voice.seconds',
        where: { all: [{ fact: 'usage.destination', operator: 'notIn', value: ['domestic'] }] },
        unit: { size: '60', rounding: 'up', per: 'event' },
        price: {
          model: 'matrix',
          hit: 'unique',
          columns: [
            { fact: 'usage.number', match: 'prefix' },
            { fact: 'usage.hour', match: 'range' },
          ],
          rows: [
            { id: 'night', when: ['0081', { from: '0', to: '8' }], unitPrice: '20' },
            { id: 'day', when: [null, null], unitPrice: '40' },
          ],
        },
        taxCategory: 'standard',
      },
      {
        type: 'quantity',
        id: 'licences',
        name: named('Licences'),
        price: {
          model: 'steppedFlat',
          steps: [
            { upTo: '10', price: '1000' },
            { upTo: null, price: '1800' },
          ],
        },
        proration: { start: 'byDay', end: 'full', change: 'byDay' },
        taxCategory: 'standard',
      },
      {
        type: 'statutory',
        id: 'universal',
        name: named('Universal service'),
        fee: 'universal',
        taxCategory: 'standard',
      },
      {
        type: 'passThrough',
        id: 'partner',
        name: named('Partner'),
        meter: 'partner.amount',
        where: { all: [{ fact: 'usage.band', operator: 'isPresent', value: true }] },
        taxCategory: 'standard',
      },
    ],
    allowances: [
      {
        id: 'free-calls',
        name: named('Free calls'),
        meter: 'voice.seconds',
        where: { all: [{ fact: 'usage.destination', operator: 'equal', value: 'domestic' }] },
        amount: '1800',
        granted: 'monthly',
        sharedBy: 'product',
        partMonth: 'whole',
      },
    ],
    bounds: [{ id: 'all', name: named('All'), charges: ['calls'], cap: '9000', taxCategory: 'standard' }],
  },
};
