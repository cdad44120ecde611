/**
 * Start Kanade: database up, pages built, demo on the first start, one address to open. Also called: start, server, 起動.
 * SIGINT or SIGTERM lets the requests under way finish and stops everything, the embedded database too; nothing is lost.
 */
import { dataDirectoryIn, serverInUse } from '#runtime/db/server.ts';
import { assertPortIsFree, type Place } from '#runtime/http/server.ts';
import { WrongCall, type Command } from '../command.ts';

export const command: Command = {
  options: { empty: { type: 'boolean' }, 'small-demo': { type: 'boolean' } },
  async run(call) {
    const { environment } = call;
    const place = placeIn(environment);
    await assertPortIsFree(place);
    const signal = firstSignal();
    // The database comes up in a process of its own while all that works on it is loaded.
    const database = serverInUse(environment['DATABASE_URL'], dataDirectoryIn(environment));
    database.catch(() => undefined);
    const { serve } = await import('../serving.ts');
    await serve(call, place, database, signal);
    return { json: { stopped: true }, text: call.say.render('cli.serve.stopped') };
  },
};

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
