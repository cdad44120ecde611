/** Can the first person of an empty installation set it up, once, and go on from there? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkRulesets } from '#engine/rulesets/check.ts';
import { listReleases } from '#runtime/services/list-releases.ts';
import { firstRulesets } from '#runtime/services/first-rulesets.ts';
import { setUpOperator, type OperatorToSetUp } from '#runtime/services/set-up-operator.ts';
import { signIn } from '#runtime/services/sign-in.ts';
import { testApp, type TestApp } from '../../support/database.ts';

const operator: OperatorToSetUp = {
  name: { ja: '株式会社あおぞら通信', en: 'Aozora Telecom' },
  address: { ja: '東京都千代田区1-1', en: '1-1 Chiyoda, Tokyo' },
  registrationNumber: 'T1234567890123',
  zone: 'Asia/Tokyo',
  rules: { currency: 'JPY', closingDay: 31, due: { monthsAfter: 1, day: 27 }, taxRounding: 'down', tax: 'japan' },
  administrator: { name: '青空 一郎', email: 'Ichiro@aozora.example', password: 'correct horse battery', locale: 'ja' },
};

let app: TestApp;
beforeAll(async () => void (app = await testApp()));
afterAll(() => app.close());

describe('the first rulesets', () => {
  it.each(['japan', 'none'] as const)('are sound, with tax %s', (tax) => {
    const rulesets = firstRulesets({ ...operator.rules, tax });
    expect(checkRulesets(rulesets.map((document) => ({ document })))).toEqual([]);
  });
});

describe('setting up', () => {
  it.each([
    ['registrationNumber', { ...operator, registrationNumber: '1234567890123' }],
    ['closingDay', { ...operator, rules: { ...operator.rules, closingDay: 32 } }],
    ['zone', { ...operator, zone: 'Tokyo' }],
    ['password', { ...operator, administrator: { ...operator.administrator, password: 'short' } }],
    ['email', { ...operator, administrator: { ...operator.administrator, email: 'ichiro' } }],
    ['name', { ...operator, name: { ja: '', en: 'Aozora' } }],
  ])('names %s when it cannot be right, and leaves nothing behind', async (field, input) => {
    await expect(setUpOperator(app, input)).rejects.toMatchObject({ code: 'set-up-invalid', values: { field } });
  });

  it('works once, for one of two who press the button together', async () => {
    const results = await Promise.allSettled([setUpOperator(app, operator), setUpOperator(app, operator)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = results.find((result) => result.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'already-set-up' });
    const administrator = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))[0]!;
    const { rows } = await listReleases(app, { ...administrator, roles: ['auditor'] });
    expect(rows.map(({ number, versions }) => [number, versions])).toEqual([[1, 4]]);
  });

  it('lets the administrator sign in', async () => {
    const request = new Request('http://localhost:3000/sign-in', {
      method: 'POST',
      headers: { 'x-kanade-client-ip': '127.0.0.1' },
    });
    const { setCookies } = await signIn(app, request, {
      email: operator.administrator.email,
      password: operator.administrator.password,
    });
    expect(setCookies.join()).toContain('kanade.session_token');
  });
});
