/**
 * Start Kanade: database up, pages built, demo on the first start, one address to open. Also called: start, server, 起動.
 * SIGINT or SIGTERM lets the requests under way finish and stops everything, the embedded database too; nothing is lost.
 */
import { tenants } from '#runtime/access/tenants.ts';
import { closeApp, openApp, type App } from '#runtime/app.ts';
import { publishOnTime } from '#runtime/changes/publish-on-time.ts';
import { fullSize, isDemo, seedDemo, smallSize, type Demo } from '#runtime/demo/seed.ts';
import { buildStudio } from '#runtime/http/build.ts';
import { openLog } from '#runtime/http/log.ts';
import { assertPortIsFree, builtHandler, listen, type Handler, type Place } from '#runtime/http/server.ts';
import { WrongCall, type Call, type Command } from '../command.ts';

export const command: Command = {
  options: { empty: { type: 'boolean' }, 'small-demo': { type: 'boolean' } },
  async run(call) {
    const { say, announce, environment } = call;
    const place = placeIn(environment);
    await assertPortIsFree(place);
    const signal = firstSignal();
    // Pages and data have nothing to do with each other: both at once.
    const giveUp = new AbortController();
    const opening = openApp({ environment });
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
    return { json: { stopped: true }, text: say.render('cli.serve.stopped') };
  },
};

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

function placeIn(environment: NodeJS.ProcessEnv): Place {
  const port = environment['PORT'] ?? '3000';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new WrongCall('not-a-port', { value: port });
  return {
    host: environment['HOST'] ?? '127.0.0.1',
    port: Number(port),
    trustProxy: environment['KANADE_TRUST_PROXY'] === '1',
  };
}

/** Comes back with the first signal to stop. The second one does not wait for anything. */
function firstSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) {
      process.once(name, () => {
        resolve(name);
        process.once(name, () => process.exit(130));
      });
    }
  });
}
