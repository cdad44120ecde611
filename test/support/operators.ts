/** Which operators do tests bill? The two that are shipped, each with the rulesets of its folder and the customers that a test wants. */
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Actor } from '#runtime/access/actor.ts';
import type { App } from '#runtime/app.ts';
import { publishRelease } from '#runtime/catalogue/publish-release.ts';
import { usableRulesets } from '#runtime/catalogue/ruleset-files.ts';
import { holdBillingFacts } from '#runtime/cycles/cut-off.ts';
import { withCycle, withScope } from '#runtime/db/scope.ts';
import type { DemoCustomer, DemoProduct, DemoStretch, Population } from '#runtime/demo/population.ts';
import { realPopulation } from '#runtime/demo/real-population.ts';
import { writePopulation } from '#runtime/demo/write-facts.ts';
import { importUsage, type ImportedUsage, type UsageFileToImport } from '#runtime/services/import-usage.ts';
import { tenantWithPeople, type People } from './people.ts';

const folder = (name: string): string => fileURLToPath(new URL(`../../rulesets/${name}`, import.meta.url));

/** One month of the real operator: a heading and 1,616 subscribers. */
export const realFile = readFileSync(`${folder('real-usage')}/telecom-usage.csv`, 'utf8');

/** The first `n` subscribers of the real file. */
export const realLines = (n: number): string =>
  `${realFile
    .split('\n')
    .slice(0, n + 1)
    .join('\n')}\n`;

/** The real operator, in US dollars, with the subscribers of `file` since the month `billed` a year earlier. */
export async function realOperator(app: App, file = realFile, billed = '2026-11-01'): Promise<People> {
  const people = await operatorOf(app, 'real-usage', 'USD');
  await writePopulation(app, people.tenantId, realPopulation(file, billed));
  return people;
}

/** The demo carrier, in yen, with the given customers. */
export async function mobileOperator(app: App, customers: readonly DemoCustomer[]): Promise<People> {
  const people = await operatorOf(app, 'kanade-mobile', 'JPY');
  const population: Population = { legalEntity: 'kanade-mobile', customers };
  await writePopulation(app, people.tenantId, population);
  return people;
}

async function operatorOf(app: App, name: string, currency: string): Promise<People> {
  const people = await tenantWithPeople(app);
  await withScope(app, people.administrator, (tx) =>
    tx.sql(
      `insert into legal_entity (tenant_id, id, name, registration_number, currency, address)
       select tenant_id, $1, name, registration_number, $2, address from legal_entity`,
      [name, currency],
    ),
  );
  const usable = usableRulesets(folder(name));
  if ('diagnostics' in usable) throw new Error(JSON.stringify(usable.diagnostics));
  const published = await publishRelease(app, people.approver, usable.rulesets);
  if ('refusal' in published) throw new Error(JSON.stringify(published.refusal));
  return people;
}

/** A second person with the roles of the first. */
export async function colleagueOf(app: App, actor: Actor): Promise<Actor> {
  const colleague = { ...actor, personId: crypto.randomUUID(), email: `${crypto.randomUUID()}@example.test` };
  await withScope(app, actor, (tx) =>
    tx.sql(
      `insert into person (id, tenant_id, auth_user_id, email, name) values ($1, $2, gen_random_uuid(), $3, 'colleague')`,
      [colleague.personId, colleague.tenantId, colleague.email],
    ),
  );
  return colleague;
}

const stretch: DemoStretch = {
  from: '2026-04-01',
  to: null,
  offering: 'data-sim',
  ratePlanVersion: null,
  boundBy: 'order',
  quantity: '1',
  status: 'active',
  endReason: null,
  knownOn: '2026-04-01',
  knownUntil: null,
};

/** A customer with one line: the number '070' and its own, an offering since 2026-04-01 unless told otherwise. */
export function subscriber(
  number: string,
  held: Partial<DemoStretch> | readonly Partial<DemoStretch>[] = {},
): DemoCustomer {
  const stretches = (Array.isArray(held) ? held : [held]) as readonly Partial<DemoStretch>[];
  const history = stretches.map((each) => ({ ...stretch, ...each }));
  const from = history[0]!.from;
  const product: DemoProduct = {
    id: `P-${number}`,
    event: 'new',
    appliedOn: from,
    tenureFrom: from,
    identifier: `070${number}`,
    history,
    grants: [],
  };
  return {
    number,
    type: 'individual',
    name: `加入者 ${number}`,
    kana: `カニュウシャ ${number}`,
    birthDate: null,
    addresses: [{ from, to: null, address: '東京都', knownOn: stretch.knownOn, knownUntil: null }],
    billingCycle: 'month-end',
    products: [product],
  };
}

/** Imports a file whose content is given as text or bytes. */
export function importText(
  app: App,
  actor: Actor,
  content: string | Uint8Array,
  file: Omit<UsageFileToImport, 'content' | 'name'> & { readonly name?: string },
): Promise<ImportedUsage> {
  return importUsage(app, actor, {
    name: 'usage.csv',
    ...file,
    content: Readable.from([Buffer.from(content as string)]),
  });
}

/** Corrects what a product was sold as, from 2026-04-01 on. */
export async function putRight(app: App, { tenantId }: People, product: string, offering: string): Promise<void> {
  await withCycle(app, async (tx) => {
    const [row] = await tx.sql<{ shard: number }>('select shard from product where tenant_id = $1 and id = $2', [
      tenantId,
      product,
    ]);
    const knownFrom = await holdBillingFacts(tx, tenantId, [row!.shard]);
    await tx.sql('update product_history set known_to = $3 where tenant_id = $1 and product_id = $2', [
      tenantId,
      product,
      knownFrom,
    ]);
    await tx.sql(
      `insert into product_history (tenant_id, shard, product_id, valid_from, known_from, offering, status)
       values ($1, $2, $3, '2026-04-01', $4, $5, 'active')`,
      [tenantId, row!.shard, product, knownFrom, offering],
    );
  });
}
