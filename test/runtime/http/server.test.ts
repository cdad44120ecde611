/** Does the server tell the pages the truth about a request, say how it is, and stop without losing one? */
import pino from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { assertPortIsFree, listen, type Handler, type Listening, type Place } from '#runtime/http/server.ts';

const quiet = pino({ level: 'silent' });
const well = { appPool: { query: () => Promise.resolve({ rows: [] }) } } as unknown as Parameters<typeof listen>[1];
const ill = { appPool: { query: () => Promise.reject(new Error('gone')) } } as unknown as Parameters<typeof listen>[1];
const told: Handler = (request, response) => response.end(JSON.stringify(request.headers));

let running: Listening | undefined;
afterEach(() => running?.stop());

async function serve(given: { handler?: Handler; app?: typeof well; place?: Partial<Place> } = {}): Promise<string> {
  running = await listen(
    given.handler ?? told,
    given.app ?? well,
    { host: '127.0.0.1', port: 0, trustProxy: false, ...given.place },
    quiet,
  );
  return running.url;
}

const forged = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9', 'x-kanade-client-ip': '203.0.113.9' };
const headersSeen = async (url: string): Promise<Record<string, string>> =>
  (await fetch(url, { headers: forged })).json() as Promise<Record<string, string>>;

describe('a request', () => {
  it('comes from the address of its connection, over http, whatever it says of itself', async () => {
    expect(await headersSeen(await serve())).toMatchObject({
      'x-kanade-client-ip': '127.0.0.1',
      'x-forwarded-proto': 'http',
    });
  });

  it('comes from where a trusted proxy says, by the proxy’s own word only', async () => {
    const url = await serve({ place: { trustProxy: true } });
    expect(await headersSeen(url)).toMatchObject({ 'x-kanade-client-ip': '203.0.113.9', 'x-forwarded-proto': 'https' });
    const response = await fetch(url, { headers: { 'x-forwarded-for': '198.51.100.1, 203.0.113.9' } });
    expect(await response.json()).toMatchObject({ 'x-kanade-client-ip': '203.0.113.9' });
  });
});

describe('the server', () => {
  it('is well while its database answers', async () => {
    expect((await fetch(`${await serve()}/healthz`)).status).toBe(200);
  });

  it('says so when its database does not', async () => {
    expect((await fetch(`${await serve({ app: ill })}/healthz`)).status).toBe(503);
  });

  it('counts what it answered', async () => {
    const url = await serve();
    await (await fetch(`${url}/bills`)).text();
    const text = await (await fetch(`${url}/metrics`)).text();
    expect(text).toContain('kanade_http_requests_total{status="2xx"} 1');
    expect(text).toContain('kanade_http_request_seconds_count 1');
  });

  it('finishes what is under way before it stops, and takes nothing more', async () => {
    const slow: Handler = (_request, response) => void setTimeout(() => response.end('done'), 150);
    const url = await serve({ handler: slow });
    const answer = fetch(url).then((response) => response.text());
    await new Promise((resolve) => setTimeout(resolve, 50));
    await running?.stop();
    running = undefined;
    expect(await answer).toBe('done');
    await expect(fetch(url)).rejects.toThrow();
  });

  it('says which port is taken', async () => {
    const port = Number(new URL(await serve()).port);
    const place = { host: '127.0.0.1', port, trustProxy: false };
    await expect(assertPortIsFree(place)).rejects.toMatchObject({
      code: 'port-in-use',
      values: { port: String(port) },
    });
  });
});
