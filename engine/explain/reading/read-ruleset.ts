/**
 * How does a ruleset read as a page of plain Japanese or English? Every kind, from its own fields, sentence by sentence.
 * Also called: rule in plain words, prose view, ルールの読み上げ, 文章での説明.
 */
import { fieldOf, labelOf, schemaFor, schemaNamed } from '#engine/diff/schema-of.ts';
import { saidValue } from '#engine/diff/meaning/said-value.ts';
import { saidMode } from '#engine/explain/said-existing.ts';
import { said, saidChoice, saidDay, saidPeriod, type Naming, type SaidValue } from '#engine/explain/said.ts';
import type { Ruleset } from '#schemas/generated/types.ts';
import type { Said } from '#schemas/messages/render.ts';
import { billingCycleSentences, roundingRuleSentences, taxSentences } from './billing-sentences.ts';
import { allowanceSentences, boundsSentences, chargeSentences } from './charge-sentences.ts';
import { bundleSentences, campaignSentences, tenureSentences } from './discount-sentences.ts';
import { given, say, type Section } from './page.ts';
import { offeringSentences, penaltySentences, statutoryFeeSentences, termSentences } from './terms-sentences.ts';

/** What holds of the whole first, then its parts in the order of the document. */
export function readRuleset(ruleset: Ruleset, naming: Naming): Section[] {
  return [{ at: '', heading: null, sentences: envelopeSentences(ruleset, naming) }, ...bodySections(ruleset, naming)];
}

function envelopeSentences({ effective, existing }: Ruleset, naming: Naming): Said[] {
  return [
    say('effective', { period: saidPeriod(effective) }),
    ...given(existing, (of) => [
      say('existing', {
        mode: saidMode(of, naming),
        date: of.mode === 'fromDate' && of.date ? saidDay(of.date) : 'none',
      }),
    ]),
  ];
}

function bodySections(ruleset: Ruleset, naming: Naming): Section[] {
  const whole = (sentences: readonly Said[]): Section[] => [{ at: '/body', heading: null, sentences }];
  switch (ruleset.kind) {
    case 'ratePlan':
      return planSections(ruleset, naming);
    case 'offering':
      return whole(offeringSentences(ruleset.body, naming));
    case 'campaign':
      return whole(campaignSentences(ruleset.body, naming));
    case 'tenureDiscount':
      return whole(tenureSentences(ruleset.body, naming));
    case 'bundleDiscount':
      return whole(bundleSentences(ruleset.body, naming));
    case 'term':
      return whole(termSentences(ruleset.body, naming));
    case 'penalty':
      return whole(penaltySentences(ruleset.body, naming));
    case 'statutoryFee':
      return whole(statutoryFeeSentences(ruleset.body, naming));
    case 'tax':
      return whole(taxSentences(ruleset.body, naming));
    case 'rounding':
      return whole(roundingRuleSentences(ruleset.body));
    case 'billingCycle':
      return whole(billingCycleSentences(ruleset.body, naming));
    case 'invoiceTemplate':
      return whole([
        say('template', { template: ruleset.body.template, title: ruleset.body.title, message: ruleset.body.message }),
      ]);
    case 'fileFormat':
      return formatSections(ruleset, naming);
    case 'complianceProfile':
      return lawSections(ruleset, naming);
  }
}

function planSections({ body }: Extract<Ruleset, { kind: 'ratePlan' }>, naming: Naming): Section[] {
  return [
    ...body.charges.map((charge, index) => ({
      at: `/body/charges/${index}`,
      heading: charge.name,
      sentences: chargeSentences(charge, naming),
    })),
    ...(body.allowances ?? []).map((allowance, index) => ({
      at: `/body/allowances/${index}`,
      heading: allowance.name,
      sentences: allowanceSentences(allowance, naming),
    })),
    ...(body.bounds ?? []).map((bound, index) => ({
      at: `/body/bounds/${index}`,
      heading: bound.name,
      sentences: boundsSentences(bound, naming),
    })),
  ];
}

function formatSections({ body }: Extract<Ruleset, { kind: 'fileFormat' }>, naming: Naming): Section[] {
  const { encoding, delimiter, subscriber, key, records } = body;
  const sentences = [
    say('format', {
      encoding: saidChoice('encoding', encoding),
      delimiter: saidChoice('delimiter', delimiter),
      subscriber,
    }),
    say('format.key', { key }),
    ...records.map(({ meter, ...rest }) =>
      say('format.record', { meter, fields: labelled('FileRecord', rest, naming) }),
    ),
  ];
  return [{ at: '/body', heading: null, sentences }];
}

function lawSections({ body }: Extract<Ruleset, { kind: 'complianceProfile' }>, naming: Naming): Section[] {
  const scope = say('law', {
    customers: body.customers,
    services: body.services ?? 'none',
    offerings: body.offerings ?? 'none',
  });
  return [
    { at: '/body', heading: null, sentences: [scope] },
    ...body.rules.map((rule, index): Section => {
      const { law, source, from, to, severity, ...limits } = rule;
      const schema = schemaFor({ $ref: '#/$defs/ComplianceRule' }, rule);
      return {
        at: `/body/rules/${index}`,
        heading: schema.label ?? null,
        sentences: [
          ...(Object.keys(limits).length > 1
            ? [say('law.limit', { limits: labelled(schema.definedAs ?? '', limits, naming) })]
            : []),
          say(`law.${severity}`, { law, period: saidPeriod({ from, to }), source }),
        ],
      };
    }),
  ];
}

/** Fields by their labels, as the schema calls them. */
function labelled(definition: string, fields: object, naming: Naming): SaidValue {
  const schema = schemaFor(schemaNamed(definition), fields);
  return Object.entries(fields).flatMap(([field, value]): SaidValue[] => {
    const written = fieldOf(schema, field);
    if (written.const !== undefined) return [];
    const label = labelOf(written) ?? { ja: field, en: field };
    return [said('said.labelled', { label, value: saidValue(value, field, written, naming) })];
  });
}
