/** Is the field behind a place found, and is the place called by the names on the form? */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fieldAt } from '#lib/form/field-at.ts';
import { placeName } from '#lib/form/place-name.ts';
import { catalogueOf } from '#lib/form/references.ts';
import { matching } from '#lib/form/matching.ts';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../rulesets/kanade-mobile/${name}`, import.meta.url), 'utf8'));
const plan = read('ratePlan/smartphone-m/v1.json');
const campaign = read('campaign/half-price-two-months/v1.json');

describe('a place', () => {
  it('is the field of the thing that it lies in, of whichever kind that is', () => {
    expect(fieldAt(plan, '/body/charges/0/price')).toMatchObject({ name: 'price', optional: false });
    expect(fieldAt(campaign, '/body/discounts/0/effect/percent')).toMatchObject({
      name: 'percent',
      holder: 'PercentOff',
    });
    expect(fieldAt(campaign, '/body/eligibility')).toMatchObject({ name: 'eligibility', optional: true });
    expect(fieldAt(campaign, '/body/discounts/0')).toBeUndefined();
    expect(fieldAt(campaign, '/body/nothing')).toBeUndefined();
  });

  it('has the names that stand on the form', () => {
    expect(placeName(campaign, '/body/discounts/0/effect/percent', 'ja')).toBe(
      '割引 › 2 か月半額キャンペーン › 効果 › 割合（%）',
    );
    expect(placeName(campaign, '/effective/to', 'en')).toBe('In force › To (exclusive)');
  });
});

describe('what may be named', () => {
  const catalogue = catalogueOf([plan, campaign], {
    kind: 'ratePlan',
    id: 'new',
    body: { charges: [{ id: 'fee', name: null }, null] },
  });

  it('is what the rulesets hold, the half-written draft too', () => {
    expect(catalogue.ratePlan.map(({ id }) => id)).toEqual(['new', 'smartphone-m']);
    expect(catalogue.charge.map(({ id }) => id)).toContain('base');
    expect(catalogue.ownCharge.map(({ id }) => id)).toEqual(['fee']);
    expect(catalogue.discount.map(({ id }) => id)).toEqual(['half-price-two-months']);
    expect(catalogue.fact.length).toBeGreaterThan(20);
  });

  it('is found by its id or its name in either language, in full width too', () => {
    expect(matching(catalogue.discount, '半額').map(({ id }) => id)).toEqual(['half-price-two-months']);
    expect(matching(catalogue.discount, 'ＨＡＬＦ months').map(({ id }) => id)).toEqual(['half-price-two-months']);
    expect(matching(catalogue.discount, '違約金')).toEqual([]);
  });
});
