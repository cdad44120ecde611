/**
 * How does an installation without anybody in it get its first operator?
 * Also called: first run, onboarding wizard, 初期設定, 事業者の登録, 最初の管理者. Legal entity, registration number, closing day, tax, administrator.
 * The one service without an actor: it runs only while there is no operator at all.
 */
import { MINIMUM_PASSWORD_LENGTH } from '#runtime/access/password-length.ts';
import type { Actor, Locale } from '#runtime/access/actor.ts';
import { createPerson } from '#runtime/access/create-person.ts';
import { createTenant, tenants, type Localized } from '#runtime/access/tenants.ts';
import type { App } from '#runtime/app.ts';
import { record } from '#runtime/audit/audit.ts';
import { publishRelease } from '#runtime/catalogue/publish-release.ts';
import { firstRulesets, type FirstRules } from '#runtime/services/first-rulesets.ts';
import { Refusal } from '#runtime/services/refusal.ts';

export interface OperatorToSetUp {
  readonly name: Localized;
  readonly address: Localized;
  /** The qualified invoice issuer's number (登録番号), T and thirteen digits; null when there is none. */
  readonly registrationNumber: string | null;
  /** The zone in which the operator's day turns. */
  readonly zone: string;
  readonly rules: FirstRules;
  readonly administrator: {
    readonly name: string;
    readonly email: string;
    readonly password: string;
    readonly locale: Locale;
  };
}

/** The administrator of the new operator. Refused with `already-set-up`, or with `set-up-invalid` and the first field that is wrong. */
export async function setUpOperator(app: App, input: OperatorToSetUp): Promise<Actor> {
  const field = fieldAtFault(input);
  if (field !== undefined) throw new Refusal('set-up-invalid', { field }, 422);
  const client = await app.appPool.connect();
  try {
    // Of two people who press the button at once, the second finds an operator.
    await client.query(`select pg_advisory_lock(hashtext('kanade.set-up'))`);
    if ((await tenants(app)).length > 0) throw new Refusal('already-set-up');
    return await operator(app, input);
  } finally {
    await client.query(`select pg_advisory_unlock_all()`);
    client.release();
  }
}

async function operator(
  app: App,
  { name, address, registrationNumber, zone, rules, administrator }: OperatorToSetUp,
): Promise<Actor> {
  const tenantId = await createTenant(app, {
    code: 'operator',
    name,
    zone,
    legalEntities: [{ id: 'main', name, registrationNumber, currency: rules.currency, address }],
  });
  const { email, locale } = administrator;
  const roles = ['administrator'] as const;
  const personId = await createPerson(app, { ...administrator, tenantId, roles }, (tx, id) =>
    record(
      tx,
      { tenantId, personId: id },
      { action: 'operator.setUp', object: 'legalEntity/main', details: { name, registrationNumber, rules } },
    ),
  );
  const actor: Actor = { tenantId, personId, name: administrator.name, email, locale, roles, via: 'session' };
  const published = await publishRelease(app, actor, firstRulesets(rules));
  if ('refusal' in published) throw new Error(`the first rulesets are sound: ${JSON.stringify(published.refusal)}`);
  return actor;
}

/** The first field that cannot be right, by the name it has in the form. */
function fieldAtFault({
  name,
  address,
  registrationNumber,
  zone,
  rules,
  administrator,
}: OperatorToSetUp): string | undefined {
  const wrong = {
    name: name.ja.trim() === '' || name.en.trim() === '',
    address: address.ja.trim() === '' || address.en.trim() === '',
    registrationNumber: registrationNumber !== null && !/^T\d{13}$/.test(registrationNumber),
    zone: !Intl.supportedValuesOf('timeZone').includes(zone),
    currency: !Intl.supportedValuesOf('currency').includes(rules.currency),
    closingDay: !isWhole(rules.closingDay, 1, 31),
    dueMonthsAfter: !isWhole(rules.due.monthsAfter, 0, 12),
    dueDay: !isWhole(rules.due.day, 1, 31),
    administratorName: administrator.name.trim() === '',
    email: !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(administrator.email.trim()),
    password: administrator.password.length < MINIMUM_PASSWORD_LENGTH,
  };
  return Object.entries(wrong).find(([, isWrong]) => isWrong)?.[0];
}

const isWhole = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;
