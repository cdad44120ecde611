/**
 * Find whatever somebody types: a customer, a bill, a ruleset, a page, something to do.
 * Also called: global search, command palette, 横断検索, コマンドパレット.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { mayDo } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { findByNumber, type BillFound } from '#runtime/bills/find-by-number.ts';
import { keptRelease } from '#runtime/catalogue/kept-release.ts';
import { latestRelease } from '#runtime/catalogue/load-release.ts';
import { findCustomers, type CustomerListed } from '#runtime/customers/find-customers.ts';
import { searchable, wordsOf } from '#runtime/customers/searchable.ts';
import { todayOf } from '#runtime/customers/today.ts';
import { withScope, type SqlRunner } from '#runtime/db/scope.ts';
import { places, type Place } from '#runtime/services/search-everything-places.ts';
import type { Localized, RulesetKind } from '#schemas/generated/types.ts';
import { words } from '#schemas/messages/render.ts';
import { locales } from '#schemas/messages/words.ts';

export type RulesetFound = {
  readonly kind: RulesetKind;
  readonly id: string;
  readonly version: number;
  readonly name: Localized;
};

/** A page or something to do; its label is `place.<code>`, its address the studio's. */
export type PlaceFound = { readonly code: Place['code'] };

export type Found = {
  readonly customers: readonly Pick<CustomerListed, 'id' | 'name' | 'kana' | 'state' | 'identifiers'>[];
  readonly bills: readonly BillFound[];
  readonly rulesets: readonly RulesetFound[];
  readonly pages: readonly PlaceFound[];
  readonly actions: readonly PlaceFound[];
};

export type SearchEverything = {
  readonly query: string;
  /** How many of each; by default five. */
  readonly limit?: number;
};

/** Asks nothing of the person but to be signed in: of each sort there is what they may see. An empty question gives places alone. */
export async function searchEverything(app: App, actor: Actor, { query, limit = 5 }: SearchEverything): Promise<Found> {
  const asked = wordsOf(query);
  const known = places
    .filter(({ permission }) => permission === null || mayDo(actor, permission))
    .filter((place) => isMeant(place, asked));
  const ofKind = (kind: Place['kind']): PlaceFound[] =>
    known
      .filter((place) => place.kind === kind)
      .slice(0, limit)
      .map(({ code }) => ({ code }));
  const here = { pages: ofKind('page'), actions: ofKind('action') };
  if (asked.length === 0) return { customers: [], bills: [], rulesets: [], ...here };
  const found = await withScope(app, actor, async (tx) => ({
    customers: mayDo(actor, 'customer.find') ? await customersFound(app, tx, query, limit) : [],
    bills: mayDo(actor, 'bill.read') ? await findByNumber(tx, query, limit) : [],
    rulesets: mayDo(actor, 'ruleset.read') ? await rulesetsFound(app, tx, actor.tenantId, asked, limit) : [],
  }));
  return { ...found, ...here };
}

async function customersFound(app: App, tx: SqlRunner, search: string, pageSize: number): Promise<Found['customers']> {
  const { rows } = await findCustomers(tx, await todayOf(app, tx), { search, pageSize });
  return rows.map(({ id, name, kana, state, identifiers }) => ({ id, name, kana, state, identifiers }));
}

/** By any part of id and names; of each ruleset its latest version. */
async function rulesetsFound(
  app: App,
  tx: SqlRunner,
  tenantId: number,
  asked: readonly string[],
  limit: number,
): Promise<RulesetFound[]> {
  if ((await latestRelease(tx, tenantId)) === undefined) return [];
  const { release } = await keptRelease(app, tx, tenantId);
  const latest = new Map(release.rulesets.map((ruleset) => [`${ruleset.kind}/${ruleset.id}`, ruleset]));
  return [...latest.values()]
    .filter(({ id, name }) => holdsAll(`${id} ${name.ja} ${name.en}`, asked))
    .slice(0, limit)
    .map(({ kind, id, version, name }) => ({ kind, id, version, name }));
}

/** Whether the place's label or what else it is called holds every word, in either language. */
function isMeant({ code }: Place, asked: readonly string[]): boolean {
  const said = locales.flatMap((locale) => [
    words(locale).render(`place.${code}`),
    words(locale).render(`place.${code}.also`),
  ]);
  return holdsAll(said.join(' '), asked);
}

function holdsAll(text: string, asked: readonly string[]): boolean {
  const within = searchable(text);
  return asked.every((word) => within.includes(word));
}
