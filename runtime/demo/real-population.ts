/**
 * Who are the customers of the operator in the data set? One a row; their names and addresses are not known, so their numbers stand for them.
 * Also called: real usage, public data set, 実データ, 契約者.
 */
import { addMonths, firstOfMonth, type CivilDate } from '#engine/calendar/civil-date.ts';
import type { DemoCustomer, Population } from './population.ts';

/** `file`: the data set, with a heading, the subscriber's number first in each row. `billed`: a day in the month that it is billed for. */
export function realPopulation(file: string, billed: CivilDate): Population {
  const since = addMonths(firstOfMonth(billed), -12);
  const numbers = file
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((row) => row.slice(0, row.indexOf(',')));
  return { legalEntity: 'real-usage', customers: numbers.map((number) => subscriber(number, since)) };
}

function subscriber(number: string, since: CivilDate): DemoCustomer {
  const product = {
    id: `P-${number}`,
    event: 'new',
    appliedOn: since,
    tenureFrom: since,
    identifier: number,
    history: [
      {
        from: since,
        to: null,
        offering: 'telephone-line',
        ratePlanVersion: null,
        boundBy: 'order',
        quantity: '1',
        status: 'active',
        endReason: null,
        knownOn: since,
        knownUntil: null,
      },
    ],
    grants: [],
  } as const;
  return {
    number,
    type: 'individual',
    name: `Subscriber ${number}`,
    kana: `サブスクライバー ${number}`,
    birthDate: null,
    addresses: [{ from: since, to: null, address: 'Not in the data set', knownOn: since, knownUntil: null }],
    billingCycle: 'month-end',
    products: [product],
  };
}
