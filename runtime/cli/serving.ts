/**
 * What runs from the start to the signal to stop? The app, its pages, the demo on the first start, and what is due to be published.
 * Also called: server process, 起動と停止.
 */
import { tenants } from '#runtime/access/tenants.ts';
import { closeApp, openApp, type App } from '#runtime/app.ts';
import { publishOnTime } from '#runtime/changes/publish-on-time.ts';
import type { ServerInUse } from '#runtime/db/server.ts';
import { fullSize, isDemo, seedDemo, smallSize, type Demo } from '#runtime/demo/seed.ts';
import { buildStudio } from '#runtime/http/build.ts';
import { openLog } from '#runtime/http/log.ts';
import { builtHandler, listen, type Handler, type Place } from '#runtime/http/server.ts';
import type { Call } from './command.ts';

/** Serves until `signal` comes; then everything is stopped that was started. */
export async function serve(
  call: Call,
  place: Place,
  database: Promise<ServerInUse>,
  signal: Promise<string>,
): Promise<void> {
  const { say, announce, environment } = call;
  // Pages and data have nothing to do with each other: both at once.
  const giveUp = new AbortController();
  const opening = openApp({ environment, database });
  const pages = buildStudio(giveUp.signal, () => call.notice(say.render('cli.serve.building'))).then(() =>
    builtHandler(opening),
  );
  pages.catch(() => undefined);
  const app = await opening.catch((problem: unknown) => {
    giveUp.abort();
    throw problem;
  });
  try {
    const starting = start(app, call, place, pages);
    starting.catch(() => undefined);
    const listening = await Promise.race([starting, signal]);
    if (typeof listening === 'object') {
      announce(say.render('cli.serve.ready', { url: environment['KANADE_URL'] ?? listening.url }));
      await signal;
      call.notice(say.render('cli.serve.stopping'));
      await listening.stop();
    }
  } finally {
    giveUp.abort();
    await closeApp(app);
  }
}

async function start(app: App, call: Call, place: Place, pages: Promise<Handler>): ReturnType<typeof listen> {
  const { say } = call;
  const present = await tenants(app);
  // An installation that somebody set up is theirs: no demo ever comes into it.
  if (call.options['empty'] !== true && present.every(isDemo)) {
    const size = call.options['small-demo'] === true ? smallSize : fullSize;
    tellWho(await seedDemo(app, { log: (code, values) => call.notice(say.render(code, values)) }, size), call);
  } else if (present.length === 0) {
    call.announce(say.render('cli.serve.empty'));
  }
  const handler = await pages;
  const log = openLog(app.dataDirectory, process.stderr.isTTY);
  const listening = await listen(handler, app, place, log);
  const stopPublishing = publishOnTime(app, {
    done: (publications) => log.info({ publications }, 'published what was due'),
    failed: (error) => log.error({ error }, 'could not publish what was due'),
  });
  return {
    ...listening,
    stop: async () => {
      await Promise.all([listening.stop(), stopPublishing()]);
    },
  };
}

function tellWho({ operators, password, passwordFile }: Demo, { say, announce }: Call): void {
  for (const { people } of operators) {
    announce(
      people
        .map(({ email, roles }) => `  ${email}  ${roles.map((role) => say.render(`cli.role.${role}`)).join(' ')}`)
        .join('\n'),
    );
  }
  announce(say.render('cli.serve.password', { password, file: passwordFile }));
}
