/**
 * Can the pages be made ready before anybody waits for them? Also called: production build, ビルド.
 * `npm install` ends with it, so that the first start has only its data to prepare; `serve` builds again when something changed.
 */
import { buildStudio } from '#runtime/http/build.ts';
import type { Command } from '../command.ts';

export const command: Command = {
  async run({ say, notice }) {
    const built = await buildStudio(new AbortController().signal, () => notice(say.render('cli.serve.building')));
    return { json: { built }, text: say.render(built ? 'cli.build.built' : 'cli.build.ready') };
  },
};
