/** Publishing (公開): what was checked is what is signed, what is signed is what bills are computed from. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifyChain } from '#runtime/audit/audit.ts';
import { loadRelease, ReleaseTampered } from '#runtime/catalogue/load-release.ts';
import { publishRelease, publishSources } from '#runtime/catalogue/publish-release.ts';
import { lockText, type ReleaseItem } from '#runtime/catalogue/release-lock.ts';
import type { PublishedRelease } from '#runtime/catalogue/write-release.ts';
import { withCycle, withScope } from '#runtime/db/scope.ts';
import { installationKeys } from '#runtime/access/keys.ts';
import { publishRulesets } from '#runtime/services/publish-rulesets.ts';
import type { RoundingRuleset, Ruleset } from '#schemas/generated/types.ts';
import { asAdministrator } from '../../support/administrator.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { tenantWithPeople, type People } from '../../support/people.ts';

let app: TestApp;
let people: People;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  people = await tenantWithPeople(app);
});

const rounding = (
  id: string,
  version = 1,
  mode: RoundingRuleset['body']['line']['mode'] = 'down',
): RoundingRuleset => ({
  kind: 'rounding',
  id,
  version,
  name: { ja: '円未満の端数', en: 'Parts of a yen' },
  effective: { from: `2026-0${version}-01`, to: null },
  reason: 'Price list.',
  body: { line: { mode }, discount: { mode: 'down', on: 'discount' } },
});
const publish = (...rulesets: unknown[]) =>
  publishSources(
    app,
    people.approver,
    rulesets.map((document, index) => ({ document, source: `file-${index}` })),
  );
const published = async (...rulesets: Ruleset[]): Promise<PublishedRelease> => {
  const result = await publish(...rulesets);
  if ('refusal' in result) throw new Error(JSON.stringify(result.refusal));
  return result.release;
};
const load = (number: number) => withCycle(app, (tx) => loadRelease(tx, people.tenantId, number, app.keys.publicKey));

describe('a release', () => {
  it('holds what is published now and what was published before', async () => {
    expect(await published(rounding('yen'))).toMatchObject({ number: 1, versions: 1 });
    const second = await published(rounding('yen', 2, 'halfUp'), rounding('dollar'));
    expect(second).toMatchObject({ number: 2, versions: 3 });
    expect(second.added.map(({ id, version }) => `${id} ${version}`)).toEqual(['yen 2', 'dollar 1']);
    expect(await load(1)).toEqual([rounding('yen')]);
    expect(await load(2)).toEqual([rounding('dollar'), rounding('yen'), rounding('yen', 2, 'halfUp')]);
  });

  it('does not change when the same is published twice', async () => {
    const first = await published(rounding('yen'), rounding('dollar'));
    const again = await published(rounding('dollar'));
    expect(again).toEqual({ ...first, added: [] });
    const [count] = await withScope(app, people.auditor, (tx) =>
      tx.sql<{ n: number }>('select count(*)::int as n from release'),
    );
    expect(count).toEqual({ n: 1 });
  });

  it('knows a ruleset by what it says, not by how it was typed', async () => {
    const { hash } = await published(rounding('yen'));
    const typedOtherwise = Object.fromEntries(Object.entries(rounding('yen')).toReversed()) as unknown as Ruleset;
    expect((await published(typedOtherwise)).hash).toBe(hash);
  });

  it('is numbered without a gap when two publish at once', async () => {
    const results = await Promise.all(['a', 'b', 'c', 'd'].map((id) => published(rounding(id))));
    expect(results.map(({ number }) => number).toSorted()).toEqual([1, 2, 3, 4]);
    expect(await load(4)).toHaveLength(4);
  });

  it('belongs to its tenant', async () => {
    await published(rounding('yen'));
    const other = await tenantWithPeople(app);
    expect(await publishRelease(app, other.approver, [rounding('yen', 1, 'up')])).toMatchObject({
      release: { number: 1 },
    });
  });

  it('is on record, with what was new in it', async () => {
    await published(rounding('yen'));
    const entries = await withScope(app, people.auditor, (tx) =>
      tx.sql('select action, object, details, person_id from audit_entry'),
    );
    expect(entries).toMatchObject([
      {
        action: 'release.published',
        object: 'release/1',
        person_id: people.approver.personId,
        details: { added: ['rounding/yen/v1'], versions: 1 },
      },
    ]);
    expect(await withScope(app, people.auditor, (tx) => verifyChain(tx, people.tenantId))).toBeNull();
  });
});

describe('is refused, and leaves no row,', () => {
  const leavesNothing = async (): Promise<void> => {
    const rows = await withScope(app, people.auditor, (tx) =>
      tx.sql('select from ruleset_version union all select from release union all select from audit_entry'),
    );
    expect(rows).toHaveLength(0);
  };

  it('when there is nothing to publish', async () => {
    expect(await publish()).toEqual({ refusal: { reason: 'nothing-to-publish' } });
  });

  it('when any ruleset has an error, with all errors and where they are', async () => {
    const result = await publish(rounding('yen'), { ...rounding('dollar'), body: {} }, null);
    expect(result).toMatchObject({ refusal: { reason: 'has-errors' } });
    const sources =
      'refusal' in result && result.refusal.reason === 'has-errors'
        ? result.refusal.diagnostics.map(({ source }) => source)
        : [];
    expect(new Set(sources)).toEqual(new Set(['file-1', 'file-2']));
    await leavesNothing();
  });

  it('when a text is not strict JSON', async () => {
    const text = JSON.stringify(rounding('yen')).replace('"id":"yen"', '"id":"dollar","id":"yen"');
    const result = await publishRulesets(app, people.approver, { rulesets: [{ text, source: 'yen.json' }] });
    expect(result).toMatchObject({
      refusal: { reason: 'has-errors', diagnostics: [{ code: 'duplicate-key', source: 'yen.json' }] },
    });
    await leavesNothing();
  });

  it('when a published version would say something else', async () => {
    await published(rounding('yen'));
    expect(await publish(rounding('yen', 1, 'up'), rounding('dollar'))).toEqual({
      refusal: { reason: 'version-already-published', versions: ['rounding/yen/v1'] },
    });
    expect(await load(1)).toEqual([rounding('yen')]);
  });

  it('when somebody asks who may not', async () => {
    for (const actor of [
      people.productManager,
      people.operator,
      people.billingManager,
      people.auditor,
      people.administrator,
    ]) {
      await expect(publishRulesets(app, actor, { rulesets: [{ document: rounding('yen') }] })).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
    await leavesNothing();
  });
});

describe('nothing is computed from a release', () => {
  // what was done to it                                                                            what is named
  const rows: [string, string, string | null][] = [
    [
      'whose ruleset says something else',
      `update ruleset_version set document = replace(document, 'down', 'up')`,
      'rounding/dollar/v1',
    ],
    [
      'whose ruleset and hash were both exchanged',
      `update ruleset_version set document = '{}', hash = 'x'; update release_item set hash = 'x'`,
      null,
    ],
    ['from which a version was taken', `delete from release_item where id = 'yen'`, null],
    ['whose publisher was exchanged', `update release set published_by = gen_random_uuid()`, null],
    ['whose day of publishing was moved', `update release set published_at = published_at - interval '1 day'`, null],
    ['with another signature', `update release set signature = encode(sha256('x'), 'base64')`, null],
  ];
  it.each(rows)('%s', async (_, tampering, version) => {
    await published(rounding('yen'), rounding('dollar'));
    await asAdministrator(app.server, `set session_replication_role = replica; ${tampering}`);
    await expect(load(1)).rejects.toMatchObject({ name: 'ReleaseTampered', release: 1, version });
    await asAdministrator(
      app.server,
      `set session_replication_role = replica; delete from release_item; delete from release; delete from ruleset_version`,
    );
  });

  it('that another installation signed', async () => {
    await published(rounding('yen'));
    const foreign = installationKeys(`${app.dataDirectory}/another`, {}).publicKey;
    await expect(withCycle(app, (tx) => loadRelease(tx, people.tenantId, 1, foreign))).rejects.toThrow(ReleaseTampered);
  });

  it('that is not there', async () => {
    await expect(load(7)).rejects.toThrow(ReleaseTampered);
  });
});

it('signs the same text for the same lock list, in whichever order the versions come', () => {
  const items: ReleaseItem[] = ['b', 'a', 'c'].flatMap((id) =>
    [10, 9].map((version) => ({ kind: 'tax', id, version, hash: `${id}${version}` })),
  );
  const lock = { tenantId: 1, number: 1, publishedBy: 'p', publishedAt: '2026-04-01T00:00:00.000Z', items };
  const mixed = fc.shuffledSubarray(items, { minLength: items.length });
  fc.assert(fc.property(mixed, (shuffled) => lockText({ ...lock, items: shuffled }) === lockText(lock)));
});
