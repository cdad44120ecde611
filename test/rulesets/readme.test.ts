/** Is the account document in the README one that can be billed, for what the README says? */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { bill } from '#engine/billing/bill.ts';
import { formErrors } from '#engine/rulesets/check.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';
import type { AccountDocument } from '#schemas/generated/types.ts';
import { rulesetsOf } from './shipped.ts';

it('prices a new customer as a person worked it out', () => {
  const readme = readFileSync(new URL('../../rulesets/README.md', import.meta.url), 'utf8');
  const document = JSON.parse(/```json\n([\s\S]+?)```/.exec(readme)![1]!) as AccountDocument;
  expect(formErrors('AccountDocument', document)).toEqual([]);
  const [only] = bill(document, prepareRelease(rulesetsOf('kanade-mobile'))).bills;
  expect(only!.lines.map(({ amount }) => amount)).toEqual(['3000', '2100', '20', '-1050']);
  expect(only!.total).toBe('4477');
});
