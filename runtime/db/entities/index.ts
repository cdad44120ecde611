/**
 * Which tables do screens and services use through the mapper?
 * Also called: entities, masters, エンティティ.
 * What a cycle reads and writes by the thousand (usage, chunks, bills, lines) is set-based SQL and has no entity.
 */
import { AuditEntry, Release, ReleaseItem, RulesetVersion } from './catalogue.ts';
import { DraftCase, DraftEditor, RulesetCase, RulesetDraft } from './changes.ts';
import { BillingAccount, BillingAccountHistory, BillingGroup, Customer, Product, ProductHistory } from './customers.ts';
import { AccessToken, LegalEntity, Person, PersonRole, Tenant } from './people.ts';

export const entities = [
  Tenant,
  LegalEntity,
  Person,
  PersonRole,
  AccessToken,
  BillingGroup,
  Customer,
  BillingAccount,
  BillingAccountHistory,
  Product,
  ProductHistory,
  RulesetVersion,
  Release,
  ReleaseItem,
  RulesetCase,
  RulesetDraft,
  DraftEditor,
  DraftCase,
  AuditEntry,
] as const;
