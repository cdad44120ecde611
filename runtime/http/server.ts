/**
 * How do the pages reach a browser? Also called: web server, HTTP サーバー, 起動, 停止.
 * SvelteKit's handler inside our own server, which says what the handler must be able to trust: the protocol and the client's address.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Logger } from 'pino';
import type { App } from '#runtime/app.ts';
import { checkout } from '#runtime/http/build.ts';
import { openMeasures, type Measures } from '#runtime/http/measures.ts';
import { StartUpProblem } from '#runtime/start-up-problem.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface Listening {
  readonly url: string;
  /** Takes no more requests, lets those under way finish, and comes back when the last is answered. */
  stop(): Promise<void>;
}

export interface Place {
  readonly host: string;
  readonly port: number;
  /** Whether a proxy in front sets x-forwarded-proto and x-forwarded-for: KANADE_TRUST_PROXY=1. */
  readonly trustProxy: boolean;
}

/** How long requests under way may take when the server stops. */
const DRAIN_MS = 10_000;

/** Serves what `handler` answers. Throws StartUpProblem `port-in-use`, or `address-not-usable` when the machine does not give it. */
export async function listen(
  handler: Handler,
  app: Pick<App, 'appPool'>,
  place: Place,
  log: Logger,
): Promise<Listening> {
  const measures = openMeasures();
  const server = createServer((request, response) => {
    const started = performance.now();
    response.once('finish', () => {
      const seconds = (performance.now() - started) / 1000;
      measures.answered(response.statusCode, seconds);
      log.info(
        { method: request.method, path: request.url?.split('?')[0], status: response.statusCode, seconds },
        'answered',
      );
    });
    trust(request, place.trustProxy);
    if (!answeredByUs(request, response, app, measures)) handler(request, response);
  });
  await bound(server, place);
  return {
    url: `http://${place.host.includes(':') ? `[${place.host}]` : place.host}:${String(portOf(server))}`,
    stop: () => drained(server),
  };
}

/** Throws StartUpProblem `port-in-use` now rather than after a long start. */
export async function assertPortIsFree(place: Place): Promise<void> {
  const probe = createServer();
  await bound(probe, place);
  await drained(probe);
}

/** The built pages, loaded while the app still opens. They find it where every bundle looks for it. */
export async function builtHandler(app: Promise<App>): Promise<Handler> {
  (globalThis as { [key: symbol]: unknown })[Symbol.for('kanade.app')] = app;
  // Without a named header the handler would take every request for https, and refuse each form.
  process.env['PROTOCOL_HEADER'] = 'x-forwarded-proto';
  // The largest request is a usage file; the pages hold every other one to less.
  process.env['BODY_SIZE_LIMIT'] ??= '64M';
  const { handler } = (await import(pathToFileURL(join(checkout, 'build/handler.js')).href)) as { handler: Handler };
  return handler;
}

/** What a caller may not say about itself is said here, whatever it sent. */
function trust(request: IncomingMessage, trustProxy: boolean): void {
  const { headers } = request;
  // The proxy nearest to us wrote the last address; what stands before it is the caller's own word.
  const forwarded = trustProxy
    ? String(headers['x-forwarded-for'] ?? '')
        .split(',')
        .at(-1)
        ?.trim()
    : undefined;
  headers['x-kanade-client-ip'] =
    forwarded === undefined || forwarded === '' ? (request.socket.remoteAddress ?? '') : forwarded;
  if (!trustProxy) headers['x-forwarded-proto'] = 'http';
}

function answeredByUs(
  request: IncomingMessage,
  response: ServerResponse,
  app: Pick<App, 'appPool'>,
  measures: Measures,
): boolean {
  if (request.url === '/metrics') {
    response.setHeader('content-type', 'text/plain; version=0.0.4').end(measures.text());
    return true;
  }
  if (request.url !== '/healthz') return false;
  app.appPool
    .query('select 1')
    .then(() => response.setHeader('content-type', 'application/json').end('{"status":"ok"}\n'))
    .catch(() =>
      response.writeHead(503, { 'content-type': 'application/json' }).end('{"status":"database-unreachable"}\n'),
    );
  return true;
}

function bound(server: Server, { host, port }: Place): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const code = error.code === 'EADDRINUSE' ? 'port-in-use' : 'address-not-usable';
      reject(new StartUpProblem(code, { host, port: String(port), reason: error.code ?? '' }, error));
    });
    server.listen(port, host, resolve);
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function drained(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const impatient = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    server.close(() => {
      clearTimeout(impatient);
      resolve();
    });
    server.closeIdleConnections();
  });
}
