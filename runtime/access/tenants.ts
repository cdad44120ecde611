/**
 * Which operators are on this installation, and how does one come to be?
 * Also called: tenant, legal entity, operator set-up, テナント, 事業者, 法人.
 */
import type { App } from '#runtime/app.ts';
import { LegalEntity, Tenant, type Localized } from '#runtime/db/entities/people.ts';
import { withScope } from '#runtime/db/scope.ts';

export type { Localized };

export type TenantSummary = {
  readonly id: number;
  readonly code: string;
  readonly name: Localized;
  readonly zone: string;
};

export type NewTenant = {
  readonly code: string;
  readonly name: Localized;
  /** The zone in which the operator's day turns, such as 'Asia/Tokyo'. */
  readonly zone: string;
  readonly legalEntities: readonly NewLegalEntity[];
};

export type NewLegalEntity = {
  readonly id: string;
  readonly name: Localized;
  /** The qualified invoice issuer's number (登録番号), T and thirteen digits; null when there is none. */
  readonly registrationNumber: string | null;
  readonly currency: string;
  readonly address: Localized;
};

/** Every tenant of the installation. Sign-in and the first-run wizard ask; no screen of a tenant does. */
export async function tenants(app: Pick<App, 'authPool'>): Promise<TenantSummary[]> {
  const { rows } = await app.authPool.query<TenantSummary>('select id, code, name, zone from tenant order by id');
  return rows;
}

/** Makes a tenant with its legal entities, and gives back its number. */
export async function createTenant(app: Pick<App, 'orm' | 'appPool' | 'clock'>, tenant: NewTenant): Promise<number> {
  // The number comes first: a row is only ever written in the scope of its own tenant.
  const { rows } = await app.appPool.query<{ id: number }>(
    `select nextval(pg_get_serial_sequence('tenant', 'id'))::int as id`,
  );
  const tenantId = rows[0]?.id;
  if (tenantId === undefined) throw new Error('a sequence always answers');
  const { legalEntities, ...fields } = tenant;
  await withScope(app, { tenantId, personId: NOBODY }, async ({ em }) => {
    await em.insert(Tenant, { id: tenantId, ...fields });
    await em.insertMany(
      LegalEntity,
      legalEntities.map((entity) => ({ tenantId, ...entity })),
    );
  });
  return tenantId;
}

const NOBODY = '00000000-0000-0000-0000-000000000000';
