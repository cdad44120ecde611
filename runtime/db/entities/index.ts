/**
 * Which tables do screens and services use through the mapper?
 * Also called: entities, masters, エンティティ.
 * What a cycle writes (chunks, bills, lines, usage) is set-based SQL and has no entity.
 */
import { AccessToken, LegalEntity, Person, PersonRole, Tenant } from './people.ts';

export const entities = [Tenant, LegalEntity, Person, PersonRole, AccessToken] as const;
