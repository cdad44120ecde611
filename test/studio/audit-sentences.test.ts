/** Does the audit log speak of things by their names, in the language of who reads it? */
import { describe, expect, it } from 'vitest';
import { auditSentence } from '#lib/server/audit-sentences.ts';
import type { AuditListed } from '#runtime/services/audit-log.ts';

const entry = (more: Partial<AuditListed>): AuditListed => ({
  ...{ number: 7, at: '2026-11-25T03:00:00Z', person: '商品 太郎', details: {}, names: {} },
  ...{ action: 'draft.published', object: 'draft/0f2a6c1e-9a53-4d0b-8a35-6f1f9d0c2b11' },
  ...more,
});
const smartphoneL = { kind: 'ratePlan', id: 'smartphone-l', name: { ja: 'スマホ L', en: 'Smartphone L' } };
const october = { month: '2026-10', name: { ja: '月末締め', en: 'Month end' } };
const change = {
  details: { ruleset: 'ratePlan/smartphone-l', version: 3 },
  names: { ruleset: smartphoneL, version: 3 },
};

// what happened, as it is on record                          how it reads in Japanese, and in English
const rows: [Partial<AuditListed>, string, string][] = [
  [
    change,
    '商品 太郎さんが料金プラン「スマホ L」 v3 を公開しました',
    '商品 太郎 published Rate plan “Smartphone L” v3',
  ],
  [
    { ...change, action: 'draft.rebased' },
    '商品 太郎さんが下書きを新しい版に引き継ぎ、料金プラン「スマホ L」 v3 としました',
    '商品 太郎 carried a draft over to the newer version: it is Rate plan “Smartphone L” v3 now',
  ],
  [
    { action: 'draft.started', names: { ruleset: { kind: 'campaign', id: 'spring', name: null }, version: 1 } },
    '商品 太郎さんがキャンペーン「spring」 v1 の下書きを始めました',
    '商品 太郎 started a draft of Campaign “spring” v1',
  ],
  [
    { action: 'cycle.closed', object: 'cycle/1', names: { cycle: october } },
    '商品 太郎さんが2026年10月の「月末締め」を本締めにしました',
    '商品 太郎 closed the cycle “Month end” of October 2026',
  ],
];

describe('a sentence', () => {
  it.each(rows)('says what happened to what: %o', (more, ja, en) => {
    expect([auditSentence(entry(more), 'ja').text, auditSentence(entry(more), 'en').text]).toEqual([ja, en]);
  });

  it('keeps the ids for who looks at what is on record', () => {
    expect(JSON.parse(auditSentence(entry(change), 'en').details ?? '')).toEqual(change.details);
  });
});
