/** Adding people (担当者の追加) is the administrator's, and on record. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditLog } from '#runtime/services/audit-log.ts';
import { addPerson, listPeople } from '#runtime/services/people.ts';
import { signIn } from '#runtime/services/sign-in.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { tenantWithPeople, type People } from '../../support/people.ts';

let app: TestApp;
let people: People;
beforeAll(async () => {
  app = await testApp();
  people = await tenantWithPeople(app);
});
afterAll(() => app.close());

const taro = { name: '太郎', email: 'taro@example.co.jp', roles: ['operator'], password: 'a long enough one' } as const;

it('lets the person sign in, with the roles given, and says who added them', async () => {
  const { id } = await addPerson(app, people.administrator, taro);
  const { setCookies } = await signIn(app, new Request('http://localhost:3000/sign-in', { method: 'POST' }), taro);
  expect(setCookies).not.toHaveLength(0);
  const listed = (await listPeople(app, people.auditor)).find((person) => person.id === id);
  expect(listed).toEqual({ id, name: '太郎', email: 'taro@example.co.jp', active: true, roles: ['operator'] });
  const { rows } = await auditLog(app, people.auditor, { action: 'person.added' });
  expect(rows).toMatchObject([
    { person: 'administrator', object: `person/${id}`, details: { email: taro.email, roles: ['operator'] } },
  ]);
});

it('is not for others, and shows no other tenant’s people', async () => {
  for (const actor of [
    people.productManager,
    people.approver,
    people.operator,
    people.billingManager,
    people.auditor,
  ]) {
    await expect(addPerson(app, actor, { ...taro, email: 'other@example.co.jp' })).rejects.toMatchObject({
      code: 'forbidden',
    });
  }
  const elsewhere = await tenantWithPeople(app);
  const seen = await listPeople(app, elsewhere.administrator);
  expect(seen.map(({ email }) => email)).not.toContain(taro.email);
});
