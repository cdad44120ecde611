/**
 * Which running Kanade do the pages belong to?
 * The server puts it where every bundle finds it; under `vite dev` there is no server of ours, and the first request opens it.
 * Also called: application instance, singleton, アプリケーション.
 */
import type { App } from '#runtime/app.ts';

const place = Symbol.for('kanade.app');
const holder = globalThis as { [place]?: Promise<App> };

export function app(): Promise<App> {
  holder[place] ??= import('#runtime/app.ts').then(({ openApp }) => openApp());
  return holder[place];
}
