/**
 * Who acts on the command line? Also called: token, access token, 実行者, アクセストークン.
 * Everything that reads or writes the database is done by a person, through the same services as on the screens.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { findActor } from '#runtime/access/find-actor.ts';
import { resolveToken } from '#runtime/access/token.ts';
import { closeApp, openApp, type App } from '#runtime/app.ts';
import { optional, required, WrongCall, type Call, type Outcome } from './command.ts';

type Work = (app: App, actor: Actor) => Promise<Outcome>;

/** As the person whose token is given by --token or KANADE_TOKEN. */
export function asTokenHolder(call: Call, work: Work): Promise<Outcome> {
  const token = optional(call, 'token') ?? call.environment['KANADE_TOKEN'];
  if (token === undefined || token === '') throw new WrongCall('token-missing');
  return withApp(call, async (app) => {
    const actor = await resolveToken(app, token);
    if (actor === null) throw new WrongCall('token-unknown');
    return work(app, actor);
  });
}

/** As the person of that e-mail address, with an administrator's rights: whoever holds the data directory could give them to anybody. */
export function asLocalAdministrator(call: Call, work: Work): Promise<Outcome> {
  const email = required(call, 'email');
  return withApp(call, async (app) => {
    const actor = await findActor(app, 'email', [email.trim().toLowerCase()]);
    if (actor === null) throw new WrongCall('person-unknown', { email });
    return work(app, { ...actor, roles: ['administrator'] });
  });
}

async function withApp(call: Call, work: (app: App) => Promise<Outcome>): Promise<Outcome> {
  const app = await openApp({ environment: call.environment });
  try {
    return await work(app);
  } finally {
    await closeApp(app);
  }
}
