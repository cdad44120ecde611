/**
 * Tries mistakes beside the page, and says now and then how far it is. Also called: web worker, バックグラウンド計算.
 */
import { mistakesTried, type MistakesToTry, type MistakesTried } from './mistakes-tried.ts';

/** How it stands; `isOver` with the last, whose survivors are all there are. Undefined where there was nothing to try. */
export interface MistakesTold {
  readonly tried: MistakesTried | undefined;
  readonly isOver: boolean;
}

const toldEveryMs = 100;

const tell = (each: MistakesTold): void => postMessage(each);

onmessage = ({ data }: MessageEvent<MistakesToTry>) => {
  let latest: MistakesTried | undefined;
  let toldAt = performance.now();
  for (const tried of mistakesTried(data)) {
    latest = tried;
    if (performance.now() - toldAt < toldEveryMs) continue;
    tell({ tried, isOver: false });
    toldAt = performance.now();
  }
  tell({ tried: latest, isOver: true });
};
