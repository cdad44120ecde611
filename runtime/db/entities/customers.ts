/**
 * Customers, the accounts that are billed, and what they hold, on two clocks.
 * Also called: customer, billing account, product, contract, 顧客, 請求先, 契約, 商品.
 */
import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** The unit of calculation (請求単位), keyed to its payer. */
export const BillingGroup = defineEntity({
  name: 'BillingGroup',
  tableName: 'billing_group',
  properties: {
    shard: p.smallint().primary(),
    tenantId: p.integer().primary(),
    id: p.text().primary(),
    payerHash: p.integer(),
  },
});

export const Customer = defineEntity({
  name: 'Customer',
  tableName: 'customer',
  properties: {
    shard: p.smallint().primary(),
    tenantId: p.integer().primary(),
    id: p.text().primary(),
    groupId: p.text(),
    type: p.enum(['individual', 'corporate']),
    name: p.text(),
    kana: p.text(),
    /** Name, kana and id in one normalised text: what a prefix search reads. */
    search: p.text(),
    segment: p.text().nullable(),
    birthDate: p.date().nullable(),
    createdAt: p.datetime(6).defaultRaw('now()'),
  },
});

export const BillingAccount = defineEntity({
  name: 'BillingAccount',
  tableName: 'billing_account',
  properties: {
    shard: p.smallint().primary(),
    tenantId: p.integer().primary(),
    id: p.text().primary(),
    groupId: p.text(),
    customerId: p.text(),
  },
});

export const BillingAccountHistory = defineEntity({
  name: 'BillingAccountHistory',
  tableName: 'billing_account_history',
  properties: {
    shard: p.smallint().primary(),
    tenantId: p.integer().primary(),
    rowId: p.bigint('string').primary().autoincrement(),
    accountId: p.text(),
    validFrom: p.date(),
    validTo: p.date().nullable(),
    knownFrom: p.bigint('string').defaultRaw(`nextval('knowledge'::regclass)`),
    knownTo: p.bigint('string').nullable(),
    legalEntityId: p.text(),
    billingCycle: p.text(),
    billToName: p.text(),
    billToAddress: p.text(),
  },
});

export const Product = defineEntity({
  name: 'Product',
  tableName: 'product',
  properties: {
    shard: p.smallint().primary(),
    tenantId: p.integer().primary(),
    id: p.text().primary(),
    groupId: p.text(),
    accountId: p.text(),
    event: p.text(),
    appliedOn: p.date(),
    tenureFrom: p.date(),
    registeredAt: p.datetime(6).defaultRaw('now()'),
  },
});

/** What holds of a product from one day to another, as known from one moment to another. No row: no service. */
export const ProductHistory = defineEntity({
  name: 'ProductHistory',
  tableName: 'product_history',
  properties: {
    shard: p.smallint().primary(),
    tenantId: p.integer().primary(),
    rowId: p.bigint('string').primary().autoincrement(),
    productId: p.text(),
    validFrom: p.date(),
    validTo: p.date().nullable(),
    knownFrom: p.bigint('string').defaultRaw(`nextval('knowledge'::regclass)`),
    knownTo: p.bigint('string').nullable(),
    offering: p.text(),
    ratePlanVersion: p.integer().nullable(),
    boundBy: p.text().default('order'),
    quantity: p.decimal('string').precision(38).scale(12).default('1'),
    status: p.enum(['active', 'suspended']),
    endReason: p.text().nullable(),
    documentReceivedOn: p.date().nullable(),
    event: p.text().nullable(),
    appliedOn: p.date().nullable(),
  },
});

export type CustomerRow = InferEntity<typeof Customer>;
export type ProductRow = InferEntity<typeof Product>;
