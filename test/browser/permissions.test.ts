/** Is every route and every action open to the roles that need it, and closed to everybody else? */
import { globSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { requirements } from '#lib/server/routes.ts';
import { chromiumPath, needsChromium } from './support/chromium.ts';
import { walkers, type Walker } from './support/people.ts';
import { sessionOf } from './support/walk.ts';

const kanade = inject('kanade');
const everybody: readonly Walker[] = walkers;
/** Whoever administers people and keys has no business with prices, customers and bills. */
const whoWorks = walkers.filter((who) => who !== 'administrator');
const whoBills: readonly Walker[] = ['operator', 'billingManager'];
const whoSeesBills: readonly Walker[] = [...whoBills, 'auditor'];
const whoWrites: readonly Walker[] = ['productManager'];
const whoJudges: readonly Walker[] = ['approver'];
const whoReadsDrafts: readonly Walker[] = ['productManager', 'approver', 'auditor'];
const whoReadsTheRecord: readonly Walker[] = ['auditor', 'administrator'];
const nobody: readonly Walker[] = [];

const plan = '/rulesets/ratePlan/smartphone-l';
const unknown = '00000000-0000-4000-8000-000000000000';

// route                                       address (its first {row} is found in the list before it)    open to         because
const routes: readonly (readonly [string, string, readonly Walker[], string])[] = [
  ['/', '/', everybody, 'home shows to each what concerns them'],
  ['/search', '/search?q=a', everybody, 'it finds only what the person may see'],
  ['/search/found', '/search/found?q=a', everybody, 'it finds only what the person may see'],
  ['/rulesets', '/rulesets', whoWorks, 'who works with prices reads the rules'],
  ['/rulesets/export.csv', '/rulesets/export.csv', whoWorks, 'a list is a file too'],
  ['/rulesets/[kind]/[id]', plan, whoWorks, 'who works with prices reads the rules'],
  ['/rulesets/[kind]/[id]/draft', `${plan}/draft`, whoReadsDrafts, 'a draft is not for everybody yet'],
  ['/rulesets/[kind]/[id]/draft/release', `${plan}/draft/release`, whoWorks, 'it holds published rules only'],
  ['/rulesets/[kind]/[id]/draft/customers', `${plan}/draft/customers`, whoWorks, 'one tries on somebody'],
  ['/changes', '/changes', whoReadsDrafts, 'who writes, judges and audits the rules reads changes'],
  ['/changes/export.csv', '/changes/export.csv', whoReadsDrafts, 'a list is a file too'],
  ['/customers', '/customers', whoWorks, 'who works with customers tries a change on one'],
  ['/customers/export.csv', '/customers/export.csv', whoWorks, 'a list is a file too'],
  ['/customers/new', '/customers/new', whoBills, 'they take customers in'],
  ['/customers/[id]', '/customers/{row}', whoSeesBills, 'contracts are personal'],
  ['/customers/[id]/usage.csv', '/customers/{row}/usage.csv', whoSeesBills, 'usage is personal'],
  ['/customers/[id]/simulate', '/customers/{row}/simulate', whoWorks, 'who works with customers tries a change on one'],
  ['/customers/[id]/change', '/customers/{row}/change', whoBills, 'who takes customers in puts them right'],
  ['/customers/[id]/order', '/customers/{row}/order', whoBills, 'they have the customer on the telephone'],
  ['/usage', '/usage', whoSeesBills, 'usage is personal'],
  ['/usage/export.csv', '/usage/export.csv', whoSeesBills, 'usage is personal'],
  ['/usage/import', '/usage/import?file=none', whoBills, 'who takes a file in hears what became of it'],
  ['/usage/rejects', '/usage/rejects', whoSeesBills, 'usage is personal'],
  ['/usage/rejects/export.csv', '/usage/rejects/export.csv', whoSeesBills, 'usage is personal'],
  ['/cycles', '/cycles', whoSeesBills, 'billing is their work'],
  ['/cycles/export.csv', '/cycles/export.csv', whoSeesBills, 'billing is their work'],
  ['/cycles/[id]', '/cycles/{row}', whoSeesBills, 'billing is their work'],
  ['/cycles/[id]/progress', '/cycles/{row}/progress', whoSeesBills, 'billing is their work'],
  ['/bills', '/bills', whoSeesBills, 'bills are personal'],
  ['/bills/export.csv', '/bills/export.csv', whoSeesBills, 'bills are personal'],
  ['/bills/[id]', '/bills/{row}', whoSeesBills, 'bills are personal'],
  ['/bills/[id]/invoice', '/bills/{row}/invoice', whoSeesBills, 'bills are personal'],
  ['/bills/[id]/invoice.pdf', '/bills/{row}/invoice.pdf', whoSeesBills, 'bills are personal'],
  ['/bills/[id]/template', '/bills/{row}/template', whoSeesBills, 'bills are personal, the form is a rule'],
  ['/audit', '/audit', whoReadsTheRecord, 'the record shows what became of keys and people too'],
  ['/audit/export.csv', '/audit/export.csv', whoReadsTheRecord, 'a list is a file too'],
  ['/welcome', '/welcome', nobody, 'somebody has set Kanade up'],
];

// What answers for one thing alone, asked for a thing that is not there: 404 for who may know that, 403 for everybody else.
const ofNothing: readonly (readonly [string, string, readonly Walker[], string])[] = [
  ['/changes/[id]', `/changes/${unknown}`, whoReadsDrafts, 'who writes, judges and audits the rules reads changes'],
  ['/changes/[id]/carry-over', `/changes/${unknown}/carry-over`, whoWrites, 'who writes rules carries a change over'],
  ['/changes/[id]/comparison', `/changes/${unknown}/comparison`, whoReadsDrafts, 'as the change itself'],
  ['/bills/[id]/credits/[number]', '/bills/none/credits/1', whoSeesBills, 'credit notes are personal'],
  [
    '/rulesets/[kind]/[id]/draft/simulation',
    `${plan}/draft/simulation?customer=none`,
    whoWorks,
    'who works with customers tries a change on one',
  ],
];

// action                                      who may
const actions: readonly (readonly [string, readonly Walker[]])[] = [
  ['/rulesets?/create', whoWrites],
  [`${plan}?/start`, whoWrites],
  [`${plan}?/rollBack`, whoWrites],
  [`${plan}?/importCoupons`, whoWrites],
  [`${plan}/coupons`, whoWrites],
  [`${plan}/draft?/start`, whoWrites],
  [`${plan}/draft?/submit`, whoWrites],
  [`${plan}/draft/save`, whoWrites],
  [`${plan}/draft/cases`, whoWrites],
  [`${plan}/draft/table`, whoReadsDrafts],
  [`/changes/${unknown}?/submit`, whoWrites],
  [`/changes/${unknown}?/withdraw`, whoWrites],
  [`/changes/${unknown}?/approve`, whoJudges],
  [`/changes/${unknown}?/sendBack`, whoJudges],
  [`/changes/${unknown}?/publish`, whoJudges],
  [`/changes/${unknown}?/schedule`, whoJudges],
  [`/changes/${unknown}/carry-over?/carry`, whoWrites],
  ['/customers/new?/enter', whoBills],
  ['/customers/none/order?/place', whoBills],
  ['/customers/none/change?/look', whoBills],
  ['/customers/none/change?/change', whoBills],
  ['/customers/none?/undoOrder', whoBills],
  ['/customers/none?/moveCustomer', whoBills],
  ['/customers/none?/agreePrice', whoBills],
  ['/customers/none?/adjustAccount', whoBills],
  ['/customers/none?/grantConcession', ['billingManager']],
  ['/customers/none?/declineConcession', whoBills],
  ['/customers/none?/endAgreement', whoBills],
  ['/customers/none?/takeBackAdjustment', whoBills],
  ['/usage/import', whoBills],
  ['/usage/rejects?/correct', whoBills],
  ['/usage/rejects?/setAside', ['billingManager']],
  ['/cycles?/open', whoBills],
  [`/cycles/${unknown}?/run`, whoBills],
  [`/cycles/${unknown}?/refreeze`, whoBills],
  [`/cycles/${unknown}?/stop`, whoBills],
  [`/cycles/${unknown}?/close`, ['billingManager']],
  ['/bills/none?/askCredit', whoBills],
  ['/bills/none?/issueCredit', ['billingManager']],
  ['/bills/none?/declineCredit', whoBills],
];

/** Open to whoever comes: what they do is tried in sign-in.test.ts and set-up.test.ts. */
const ofTheDoor = ['/sign-in', '/sign-out', '/preferences'];

const cookieOf = async (who: Walker): Promise<string> => {
  const { name, value } = await sessionOf(kanade, who);
  return `${name}=${value}`;
};

/** Everybody at once, each with the answer. */
const ofEverybody = <Answer>(
  answer: (who: Walker) => Answer | Promise<Answer>,
): Promise<(readonly [Walker, Answer])[]> => Promise.all(walkers.map(async (who) => [who, await answer(who)] as const));

/** With which status a page answers. */
async function got(path: string, who: Walker): Promise<number> {
  const answer = await fetch(kanade.url + path, { headers: { cookie: await cookieOf(who) }, redirect: 'manual' });
  await answer.body?.cancel();
  return answer.status;
}

/** The first row of each list that has pages of its own: what `{row}` stands for. */
const firstRow = new Map<string, string>();

beforeAll(async () => {
  if (chromiumPath() === undefined) return;
  for (const list of ['/customers', '/cycles', '/bills']) {
    const page = await (await fetch(kanade.url + list, { headers: { cookie: await cookieOf('auditor') } })).text();
    const row = new RegExp(`href="${list}/([^/"?.]+)"`).exec(page)?.[1];
    firstRow.set(list, row ?? expect.fail(`no row in ${list}`));
  }
});
beforeEach(needsChromium);

const addressed = (path: string): string =>
  path.replace(/^(\/[a-z]+)\/\{row\}/, (_, list: string) => `${list}/${firstRow.get(list)}`);

describe('a route', () => {
  it('is tried below, each one there is', () => {
    const tried = [...routes, ...ofNothing].map(([route]) => route);
    const posts = actions
      .filter(([path]) => path.startsWith(plan) && !path.includes('?'))
      .map(([path]) => path.replace(plan, '/rulesets/[kind]/[id]'));
    expect([...tried, ...posts, ...ofTheDoor].sort()).toEqual(Object.keys(requirements).sort());
  });

  it.each(routes)('%s, as %s, is open to those who need it: %j, since %s', async (_, path, open) => {
    const otherwise = path === '/welcome' ? 404 : 403;
    expect(await ofEverybody((who) => got(addressed(path), who))).toEqual(
      await ofEverybody((who) => (open.includes(who) ? 200 : otherwise)),
    );
  });

  it.each(ofNothing)(
    '%s, as %s, says that there is nothing only to those who may know: %j, since %s',
    async (_, path, open) => {
      expect(await ofEverybody((who) => got(path, who))).toEqual(
        await ofEverybody((who) => (open.includes(who) ? 404 : 403)),
      );
    },
  );

  it.each([...routes, ...ofNothing].filter(([route]) => route !== '/welcome'))(
    '%s, as %s, sends a stranger to the sign-in page, and back afterwards',
    async (_, path) => {
      const address = addressed(path);
      const answer = await fetch(kanade.url + address, { redirect: 'manual' });
      expect(answer.status).toBe(303);
      expect(answer.headers.get('location')).toBe(`/sign-in?then=${encodeURIComponent(address)}`);
    },
  );

  it('that is denied says so in words, within the frame of the studio', async () => {
    const { name, value } = await sessionOf(kanade, 'approver');
    const answer = await fetch(`${kanade.url}/bills`, { headers: { cookie: `${name}=${value}` } });
    expect(answer.status).toBe(403);
    const text = await answer.text();
    expect(text).toContain('この画面を開く権限がありません');
    expect(text).toContain('aria-label="メニュー"');
  });
});

describe('an action', () => {
  const post = async (path: string, who: Walker, headers: Record<string, string>, body = ''): Promise<number> => {
    const { name, value } = await sessionOf(kanade, who);
    const form = { 'content-type': 'application/x-www-form-urlencoded', cookie: `${name}=${value}` };
    return (
      await fetch(kanade.url + path, { method: 'POST', headers: { ...form, ...headers }, body, redirect: 'manual' })
    ).status;
  };

  it('is tried below, each one there is', async () => {
    const folder = fileURLToPath(new URL('../../studio/routes/', import.meta.url));
    const named: string[] = [];
    for (const file of globSync('**/+page.server.ts', { cwd: folder })) {
      const page = (await import(/* @vite-ignore */ `${folder}${file}`)) as { actions?: object };
      const route = `/${dirname(file)}`.replace('[kind]/[id]', 'ratePlan/smartphone-l');
      for (const action of Object.keys(page.actions ?? {}))
        named.push(
          `${route.replace('/changes/[id]', `/changes/${unknown}`).replace('/cycles/[id]', `/cycles/${unknown}`).replace('/bills/[id]', '/bills/none').replace('/customers/[id]', '/customers/none')}?/${action}`,
        );
    }
    const tried = actions.map(([path]) => path).filter((path) => path.includes('?/'));
    expect(named.filter((path) => !path.endsWith('?/default')).sort()).toEqual(tried.sort());
  });

  it.each(actions)('%s is denied to everybody but %j', async (path, allowed) => {
    // Nothing that could be done is asked for: whoever may is told so in another way.
    const answers = await ofEverybody((who) => post(path, who, { origin: kanade.url, accept: 'text/html' }));
    expect(answers.filter(([, status]) => status >= 500)).toEqual([]);
    expect(answers.map(([who, status]) => [who, status === 403])).toEqual(
      await ofEverybody((who) => !allowed.includes(who)),
    );
  });

  it.each([
    ['another site', { origin: 'https://elsewhere.example' }],
    ['nowhere', {}],
    ['another site, whatever the origin says', { origin: kanade.url, 'sec-fetch-site': 'cross-site' }],
  ])('asked for by %s is refused', async (_, headers) => {
    expect(await post('/preferences', 'operator', headers, 'theme=dark')).toBe(403);
    expect(await post('/sign-out', 'operator', headers)).toBe(403);
  });

  it('never leads to another site', async () => {
    const { name, value } = await sessionOf(kanade, 'operator');
    for (const back of ['//elsewhere.example', '/\\elsewhere.example', 'https://elsewhere.example']) {
      const answer = await fetch(`${kanade.url}/preferences`, {
        method: 'POST',
        headers: { origin: kanade.url, cookie: `${name}=${value}` },
        body: new URLSearchParams({ locale: 'ja', back }),
        redirect: 'manual',
      });
      expect(answer.headers.get('location')).toBe('/');
    }
  });

  it('takes no more than a form needs', async () => {
    expect(await post('/preferences', 'operator', { origin: kanade.url }, `theme=${'x'.repeat(600 * 1024)}`)).toBe(413);
  });
});

describe('every answer', () => {
  it('carries a policy that admits no inline script or style, and is kept by nobody', async () => {
    const { name, value } = await sessionOf(kanade, 'operator');
    for (const path of ['/', '/rulesets/export.csv', '/sign-in']) {
      const { headers } = await fetch(kanade.url + path, { headers: { cookie: `${name}=${value}` } });
      expect(headers.get('content-security-policy')).not.toContain('unsafe-inline');
      expect(headers.get('content-security-policy')).not.toContain('unsafe-eval');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toContain('no-store');
    }
  });
});
