/**
 * Tenants, their legal entities, the people who work there, and the tokens that act for them.
 * Also called: operator, company, staff, 事業者, 法人, 担当者, アクセストークン.
 */
import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import { roles } from '#runtime/access/actor.ts';

export type Localized = { readonly ja: string; readonly en: string };

export const Tenant = defineEntity({
  name: 'Tenant',
  tableName: 'tenant',
  properties: {
    id: p.integer().primary().autoincrement(),
    code: p.text().unique(),
    name: p.json<Localized>(),
    zone: p.text(),
    createdAt: p.datetime(6).defaultRaw('now()'),
  },
});

export const LegalEntity = defineEntity({
  name: 'LegalEntity',
  tableName: 'legal_entity',
  properties: {
    tenantId: p.integer().primary(),
    id: p.text().primary(),
    name: p.json<Localized>(),
    registrationNumber: p.text().nullable(),
    currency: p.text(),
    address: p.json<Localized>(),
  },
});

export const Person = defineEntity({
  name: 'Person',
  tableName: 'person',
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    tenantId: p.integer(),
    authUserId: p.uuid().unique(),
    email: p.text(),
    name: p.text(),
    locale: p.text().default('ja'),
    active: p.boolean().default(true),
    createdAt: p.datetime(6).defaultRaw('now()'),
  },
});

export const PersonRole = defineEntity({
  name: 'PersonRole',
  tableName: 'person_role',
  properties: {
    tenantId: p.integer().primary(),
    personId: p.uuid().primary(),
    role: p.enum(roles).primary(),
  },
});

export const AccessToken = defineEntity({
  name: 'AccessToken',
  tableName: 'access_token',
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    tenantId: p.integer(),
    personId: p.uuid(),
    label: p.text(),
    tokenSha256: p.text().unique(),
    createdAt: p.datetime(6).defaultRaw('now()'),
    expiresAt: p.datetime(6),
    revokedAt: p.datetime(6).nullable(),
  },
});

export type PersonRow = InferEntity<typeof Person>;
export type AccessTokenRow = InferEntity<typeof AccessToken>;
