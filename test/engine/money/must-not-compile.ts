/** What does the compiler refuse about money? Each line below must be an error; the type check fails when one is not. */
import { exact, plus } from '#engine/money/exact.ts';
import { add, money, toMinor, yen, type Money } from '#engine/money/money.ts';

// @ts-expect-error yen and dollars do not add up
add(yen(1n), money(1n, 'USD'));

// @ts-expect-error nor the other way round
add(money(1n, 'USD'), yen(1n));

// @ts-expect-error an amount in an unknown currency is not yen
add(yen(1n), money(1n, String('JPY')));

// @ts-expect-error dollars are not yen
const price: Money<'JPY'> = money(1n, 'USD');

// @ts-expect-error minor units are whole: no binary float
yen(0.5);

// @ts-expect-error an amount on paper never changes
price.minor = 2n;

// @ts-expect-error an amount being worked out is not one on paper: the bridge rounds it
add(yen(1n), exact('0.5'));

// @ts-expect-error and the other way, `minorToExact` says in which currency
plus(exact('1'), yen(1n));

// @ts-expect-error a rate is text until it meets an amount
exact(0.105);

// @ts-expect-error the rounding mode is one that a ruleset may name
toMinor(exact('0.5'), 'JPY', 'nearest');
