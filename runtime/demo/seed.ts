/**
 * What does somebody see who starts Kanade for the first time? Two operators: a carrier with a year of bills and a month ready to
 * be billed, and a real one whose month is billed and closed. Also called: demo data, first start, 初回起動, デモデータ.
 *
 * Every step looks at what is there and does the rest: a seeding that was killed goes on at the next start, and a second one
 * changes nothing.
 */
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { Actor } from '#runtime/access/actor.ts';
import { createTenant, tenants, type NewTenant } from '#runtime/access/tenants.ts';
import type { App } from '#runtime/app.ts';
import { readCaseFiles } from '#runtime/catalogue/case-files.ts';
import { readRulesetFiles } from '#runtime/catalogue/ruleset-files.ts';
import { withScope } from '#runtime/db/scope.ts';
import { publishRulesets } from '#runtime/services/publish-rulesets.ts';
import { demoPassword, demoPeople, passwordFile, type DemoPeople, type Staff } from './demo-people.ts';
import { seedKanadeMobile } from './kanade-mobile.ts';
import { note, noted } from './noted.ts';
import { seedRealUsage } from './real-usage.ts';
import { rulesetFolder } from './shipped-files.ts';
import { together } from './together.ts';

/** Told of each step as it begins: a code below `demo.` with words in schemas/messages/demo.*.json, and its values. */
export type Told = { readonly log: (code: string, values: Readonly<Record<string, string>>) => void };

export type Demo = {
  /** Everybody's password, and the file that it is kept in. */
  readonly password: string;
  readonly passwordFile: string;
  readonly operators: readonly { readonly code: string; readonly people: readonly Actor[] }[];
};

type Operator = {
  readonly tenant: NewTenant;
  readonly staff: Staff;
  /** Customers, usage and, where there are any, bills: as on the day on which seeding began. */
  readonly seed: (app: App, people: DemoPeople, begunOn: CivilDate, told: Told, size: DemoSize) => Promise<void>;
};

/** How much there is of the demo carrier: customers, closed months, and usage records in the current one. */
export type DemoSize = { readonly customers: number; readonly closedMonths: number; readonly records: number };

export const fullSize: DemoSize = { customers: 1_000, closedMonths: 12, records: 300_000 };
/** The same carrier when there is little time: a third of the customers, a tenth of the usage. */
export const smallSize: DemoSize = { customers: 300, closedMonths: 3, records: 30_000 };

const operators: readonly Operator[] = [
  {
    tenant: {
      code: 'kanade-mobile',
      name: { ja: 'カナデモバイル', en: 'Kanade Mobile' },
      zone: 'Asia/Tokyo',
      legalEntities: [
        {
          id: 'kanade-mobile',
          name: { ja: 'カナデモバイル株式会社', en: 'Kanade Mobile Inc.' },
          registrationNumber: 'T0000000000000',
          currency: 'JPY',
          address: { ja: '東京都千代田区架空町1-2-3', en: '1-2-3 Kaku, Chiyoda-ku, Tokyo' },
        },
      ],
    },
    staff: {
      host: 'kanade-mobile.example',
      locale: 'ja',
      names: {
        productManager: '商品 太郎',
        approver: '承認 花子',
        operator: '窓口 次郎',
        billingManager: '請求 美咲',
        auditor: '監査 誠',
        administrator: '管理 恵',
      },
    },
    seed: seedKanadeMobile,
  },
  {
    tenant: {
      code: 'real-usage',
      name: { ja: '実データ通信（米国）', en: 'Real Usage Telecom' },
      zone: 'America/New_York',
      legalEntities: [
        {
          id: 'real-usage',
          name: { ja: '実データ通信', en: 'Real Usage Telecom Co.' },
          registrationNumber: null,
          currency: 'USD',
          address: { ja: 'アメリカ合衆国', en: 'United States of America' },
        },
      ],
    },
    staff: {
      host: 'real-usage.example',
      locale: 'en',
      names: {
        productManager: 'Pat Mason',
        approver: 'Alex Reed',
        operator: 'Robin Hale',
        billingManager: 'Dana Cole',
        auditor: 'Sam Frost',
        administrator: 'Lee Morgan',
      },
    },
    seed: seedRealUsage,
  },
];

/** Whether the tenant is one of the demo's operators, rather than somebody's own. */
export const isDemo = ({ code }: { readonly code: string }): boolean =>
  operators.some(({ tenant }) => tenant.code === code);

/** Makes whatever of the demo is not there yet. The operators have nothing to do with each other: all `wanted` at once. */
export async function seedDemo(
  app: App,
  told: Told,
  size: DemoSize = fullSize,
  wanted: (code: string) => boolean = () => true,
): Promise<Demo> {
  const password = demoPassword(app);
  const staffed: { readonly operator: Operator; readonly people: DemoPeople }[] = [];
  for (const operator of operators.filter(({ tenant }) => wanted(tenant.code))) {
    const tenantId = await tenantOf(app, operator.tenant);
    staffed.push({ operator, people: await demoPeople(app, tenantId, operator.staff, password) });
  }
  await together(
    staffed.map(
      ({ operator, people }) =>
        () =>
          seedOperator(app, operator, people, told, size),
    ),
  );
  return {
    password,
    passwordFile: passwordFile(app),
    operators: staffed.map(({ operator, people }) => ({ code: operator.tenant.code, people: Object.values(people) })),
  };
}

async function tenantOf(app: App, tenant: NewTenant): Promise<number> {
  const found = (await tenants(app)).find(({ code }) => code === tenant.code);
  return found?.id ?? createTenant(app, tenant);
}

async function seedOperator(
  app: App,
  { tenant, seed }: Operator,
  people: DemoPeople,
  told: Told,
  size: DemoSize,
): Promise<void> {
  if ((await noted(app, people.operator, 'demo.seeded')) !== undefined) return;
  told.log('demo.operator', { operator: tenant.code });
  await publish(app, people.approver, tenant.code);
  const begunOn = await begun(app, people.operator, tenant.zone);
  await seed(app, people, begunOn, told, size);
  await withScope(app, people.operator, (tx) => note(tx, people.operator, 'demo.seeded', begunOn));
}

async function publish(app: App, approver: Actor, code: string): Promise<void> {
  const folder = rulesetFolder(code);
  const published = await publishRulesets(app, approver, {
    rulesets: readRulesetFiles(folder),
    cases: readCaseFiles(folder),
  });
  if ('refusal' in published)
    throw new Error(`the shipped rulesets of ${code} are refused: ${JSON.stringify(published.refusal)}`);
}

/** The day on which seeding began: taken up on another day, it goes on as if it were still that one. */
async function begun(app: App, operator: Actor, zone: string): Promise<CivilDate> {
  const earlier = await noted(app, operator, 'demo.begun');
  if (earlier !== undefined) return earlier;
  const today = app.clock.today(zone);
  await withScope(app, operator, (tx) => note(tx, operator, 'demo.begun', today));
  return today;
}
