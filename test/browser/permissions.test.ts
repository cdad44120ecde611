/** Is every route open to the roles that need it, and closed to everybody else? */
import { beforeEach, describe, expect, inject, it } from 'vitest';
import { needsChromium } from './support/chromium.ts';
import { walkers, type Walker } from './support/people.ts';
import { sessionOf } from './support/walk.ts';

const kanade = inject('kanade');
const everybody: readonly Walker[] = walkers;
const whoBills: readonly Walker[] = ['operator', 'billingManager', 'auditor'];
const nobody: readonly Walker[] = [];

// address                                        open to                   because
const routes: readonly (readonly [string, readonly Walker[], string])[] = [
  ['/', everybody, 'home shows to each what concerns them'],
  ['/search?q=a', everybody, 'it finds only what the person may see'],
  ['/rulesets', everybody, 'everybody reads the rules'],
  ['/rulesets/export.csv', everybody, 'a list is a file too'],
  ['/rulesets/ratePlan/smartphone-l', everybody, 'everybody reads the rules'],
  ['/changes', ['productManager', 'approver', 'auditor'], 'who writes, judges and audits the rules reads changes'],
  ['/search/found?q=a', everybody, 'it finds only what the person may see'],
  ['/customers', everybody, 'everybody tries a change on somebody'],
  ['/customers/export.csv', everybody, 'a list is a file too'],
  ['/usage', whoBills, 'usage is personal'],
  ['/usage/rejects', whoBills, 'usage is personal'],
  ['/cycles', whoBills, 'billing is their work'],
  ['/bills', whoBills, 'bills are personal'],
  ['/bills/export.csv', whoBills, 'bills are personal'],
  ['/audit', ['auditor'], 'the record is the auditor’s'],
  ['/audit/export.csv', ['auditor'], 'the record is the auditor’s'],
  ['/welcome', nobody, 'somebody has set Kanade up'],
];

beforeEach(needsChromium);

describe('a route', () => {
  it.each(routes)('%s is open to those who need it: %j, since %s', async (path, open) => {
    for (const who of walkers) {
      const { name, value } = await sessionOf(kanade, who);
      const { status } = await fetch(kanade.url + path, {
        headers: { cookie: `${name}=${value}` },
        redirect: 'manual',
      });
      const expected = open.includes(who) ? 200 : path === '/welcome' ? 404 : 403;
      expect({ who, status }).toEqual({ who, status: expected });
    }
  });

  it.each(routes.filter(([path]) => path !== '/welcome'))(
    '%s sends a stranger to the sign-in page, and back afterwards',
    async (path) => {
      const answer = await fetch(kanade.url + path, { redirect: 'manual' });
      expect(answer.status).toBe(303);
      expect(answer.headers.get('location')).toBe(`/sign-in?then=${encodeURIComponent(path)}`);
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

  it('is denied to whoever may only look', async () => {
    const month = 'which=kanade-mobile/month-end&month=2026-11';
    expect(await post('/cycles?/open', 'auditor', { origin: kanade.url, accept: 'text/html' }, month)).toBe(403);
    expect(
      await post('/usage/rejects?/correct', 'auditor', { origin: kanade.url, accept: 'text/html' }, 'reject=a&text=b'),
    ).toBe(403);
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
