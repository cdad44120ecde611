/** The lists that screens show of rulesets, releases and the audit trail. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clockOf } from '#runtime/clock/clock.ts';
import { auditLog, verifyAuditLog } from '#runtime/services/audit-log.ts';
import { listReleases } from '#runtime/services/list-releases.ts';
import { listRulesets } from '#runtime/services/list-rulesets.ts';
import { publishRulesets } from '#runtime/services/publish-rulesets.ts';
import { showRuleset } from '#runtime/services/show-ruleset.ts';
import type { Ruleset } from '#schemas/generated/types.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { tenantWithPeople, type People } from '../../support/people.ts';

let now = new Date('2026-03-31T14:59:59Z');
let app: TestApp;
let people: People;

const rounding = (id: string, version: number, ja: string, en: string): Ruleset => ({
  kind: 'rounding',
  id,
  version,
  name: { ja, en },
  effective: { from: `2026-0${version}-01`, to: null },
  reason: 'Price list.',
  body: { line: { mode: 'down' }, discount: { mode: 'down', on: 'discount' } },
});

beforeAll(async () => {
  app = await testApp({ clock: clockOf(() => now) });
  people = await tenantWithPeople(app);
  const publish = (...rulesets: Ruleset[]) =>
    publishRulesets(app, people.approver, { rulesets: rulesets.map((document) => ({ document })) });
  await publish(
    rounding('yen-down', 1, '円未満切り捨て', 'Down to the yen'),
    rounding('cent-up', 1, 'セント', 'Up to the cent'),
  );
  // The first second of April in Tokyo.
  now = new Date('2026-03-31T15:00:00Z');
  await publish(rounding('yen-down', 2, '円未満切り捨て（改）', 'Down to the yen, revised'));
});
afterAll(() => app.close());

describe('the list of rulesets', () => {
  it('has a row a ruleset, as its latest version says', async () => {
    const list = await listRulesets(app, people.operator);
    expect(list).toMatchObject({ total: 2, page: 1 });
    expect(list.rows.map(({ id, version, versions, name }) => [id, version, versions, name.en])).toEqual([
      ['cent-up', 1, 1, 'Up to the cent'],
      ['yen-down', 2, 2, 'Down to the yen, revised'],
    ]);
    expect(list.rows[1]).toMatchObject({
      effectiveFrom: '2026-02-01',
      effectiveTo: null,
      publishedBy: 'approver',
      publishedAt: '2026-03-31T15:00:00Z',
    });
  });

  it.each([
    ['part of the id', 'YEN', 1],
    ['part of the Japanese name', '切り捨て', 1],
    ['part of the English name', 'to the', 2],
    ['what is in none', 'dollar', 0],
    ['a sign that would be a wildcard', '%', 0],
  ])('is searched by %s', async (_, search, found) => {
    expect((await listRulesets(app, people.operator, { search })).total).toBe(found);
  });

  it('is filtered, sorted and paged', async () => {
    expect((await listRulesets(app, people.operator, { kind: 'tax' })).total).toBe(0);
    const second = await listRulesets(app, people.operator, {
      sort: 'effectiveFrom',
      descending: true,
      page: 2,
      pageSize: 1,
    });
    expect(second.rows.map(({ id }) => id)).toEqual(['cent-up']);
    expect(await listRulesets(app, people.operator, { page: 9, pageSize: 1 })).toMatchObject({ rows: [], total: 2 });
    expect(await listRulesets(app, people.operator, { page: -1, pageSize: 1e9 })).toMatchObject({
      page: 1,
      pageSize: 50,
    });
  });
});

describe('a ruleset’s page', () => {
  it('shows the latest version, all versions, and the release that each came with', async () => {
    const { document, shown, versions } = await showRuleset(app, people.auditor, { kind: 'rounding', id: 'yen-down' });
    expect(document).toEqual(rounding('yen-down', 2, '円未満切り捨て（改）', 'Down to the yen, revised'));
    expect(shown).toBe(versions[0]);
    expect(versions.map(({ version, release, publishedBy }) => [version, release, publishedBy])).toEqual([
      [2, 2, 'approver'],
      [1, 1, 'approver'],
    ]);
  });

  it('shows the version that is asked for', async () => {
    const { document } = await showRuleset(app, people.auditor, { kind: 'rounding', id: 'yen-down', version: 1 });
    expect(document.version).toBe(1);
  });

  it('is not there for a ruleset or version that is not', async () => {
    await expect(showRuleset(app, people.auditor, { kind: 'tax', id: 'yen-down' })).rejects.toMatchObject({
      code: 'ruleset-unknown',
      status: 404,
    });
    await expect(
      showRuleset(app, people.auditor, { kind: 'rounding', id: 'yen-down', version: 3 }),
    ).rejects.toMatchObject({ code: 'ruleset-unknown' });
  });
});

it('lists releases, the latest first, with what each added', async () => {
  const { rows, total } = await listReleases(app, people.productManager);
  expect(total).toBe(2);
  expect(rows.map(({ number, versions, added }) => [number, versions, added])).toEqual([
    [2, 3, ['rounding/yen-down/v2']],
    [1, 2, ['rounding/cent-up/v1', 'rounding/yen-down/v1']],
  ]);
  expect(rows.map(({ named }) => named.map(({ id, version }) => [id, version]))).toEqual([
    [['yen-down', 2]],
    [
      ['cent-up', 1],
      ['yen-down', 1],
    ],
  ]);
});

describe('the audit log', () => {
  it('tells who did what, the latest first', async () => {
    const { rows } = await auditLog(app, people.auditor);
    expect(rows.map(({ number, person, action, object }) => [number, person, action, object])).toEqual([
      [2, 'approver', 'release.published', 'release/2'],
      [1, 'approver', 'release.published', 'release/1'],
    ]);
  });

  it('is filtered by action, object, person and by days in the operator’s zone', async () => {
    const found = async (input: Parameters<typeof auditLog>[2]) =>
      (await auditLog(app, people.auditor, input)).rows.map(({ number }) => number);
    expect(await found({ action: 'person.signedIn' })).toEqual([]);
    expect(await found({ object: 'release/' })).toEqual([2, 1]);
    expect(await found({ object: 'release/1' })).toEqual([1]);
    expect(await found({ personId: people.operator.personId })).toEqual([]);
    expect(await found({ from: '2026-04-01' })).toEqual([2]);
    expect(await found({ to: '2026-04-01' })).toEqual([1]);
  });

  it('says that it holds', async () => {
    expect(await verifyAuditLog(app, people.administrator)).toEqual({ firstBad: null });
  });

  it('is for auditors and administrators', async () => {
    await expect(auditLog(app, people.operator)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(verifyAuditLog(app, people.billingManager)).rejects.toMatchObject({ code: 'forbidden' });
  });
});
