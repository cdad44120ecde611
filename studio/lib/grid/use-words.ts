/**
 * How is a use that shows a gap or an overlap said in words, and which cells of a new row would take it?
 * Also called: witness in words, add a row for the gap, 反例の文, 行の追加.
 */
import type { Region } from '#engine/analysis/axis.ts';
import type { Witness } from '#engine/analysis/table-findings.ts';
import { factDictionary } from '#engine/conditions/dictionary.ts';
import type { MatrixCell, MatrixColumn } from '#schemas/generated/types.ts';
import { words } from '#schemas/messages/render.ts';
import type { Locale } from '#schemas/messages/words.ts';

/** Fact by fact, as it is labelled: '利用開始の時 22 以上、接続先の区分 mobile'. Facts that may have any value are left out. */
export function useWords(columns: readonly MatrixColumn[], { regions }: Witness, locale: Locale): string {
  const say = words(locale);
  const said = columns.flatMap(({ fact }, index) => {
    const of = regions[index] ?? null;
    if (of === null) return [];
    const label = factDictionary.get(fact)?.label[locale] ?? fact;
    const text = of.map((region) => regionWords(region, locale)).join(say.render('editor.strip.or'));
    return [say.render('editor.strip.fact', { label, text })];
  });
  return said.length === 0 ? say.render('editor.strip.anyUse') : said.join(say.render('editor.strip.and'));
}

function regionWords(region: Region, locale: Locale): string {
  const { render } = words(locale);
  switch (region.is) {
    case 'text':
      return region.text;
    case 'prefix':
      return render('editor.strip.prefix', { prefix: region.prefix });
    case 'range': {
      const { from, to } = region;
      if (from === null) return render('editor.strip.below', { to: to ?? '' });
      return to === null ? render('editor.strip.from', { from }) : render('editor.strip.between', { from, to });
    }
    case 'other':
      return render('editor.strip.other');
    case 'absent':
      return render('editor.strip.absent');
  }
}

/** The cells of a row that takes what the witness shows; where no cell says just that, anything. */
export const cellsFor = ({ regions }: Witness): MatrixCell[] => regions.map((of) => (of === null ? null : cellFor(of)));

function cellFor(regions: readonly Region[]): MatrixCell {
  const [first] = regions;
  if (first?.is === 'range') return regions.length === 1 ? { from: first.from, to: first.to } : null;
  const texts = regions.map((region) =>
    region.is === 'text' ? region.text : region.is === 'prefix' ? region.prefix : undefined,
  );
  if (texts.some((text) => text === undefined)) return null;
  return texts.length === 1 ? (texts[0] as string) : (texts as string[]);
}
