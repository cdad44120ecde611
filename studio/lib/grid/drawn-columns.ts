/**
 * How is a column drawn in the grid: its head, its width, its cells, and what was published beneath a changed one?
 * Also called: column definition, cell template, 列の表示.
 */
import type { ColumnRegular } from '@revolist/revogrid';
import type { Notes } from '#lib/document/notes.ts';
import type { Locale } from '#schemas/messages/words.ts';
import { cellText } from './cell-text.ts';
import { choiceEditor } from './choice-editor.ts';
import type { Column, Table } from './columns.ts';
import { cellLook, emptyText, textBefore, type GridRow } from './grid-rows.ts';

/** What a column asks when it is drawn. */
export interface Drawing {
  readonly table: Table;
  readonly locale: Locale;
  readonly notes: () => Notes;
  /** What is said of the place, in words. */
  readonly said: (at: string) => string;
  /** The word for "none" in a field of that name. */
  readonly none: (name: string) => string;
  /** Names the text that is published where a cell says something else. */
  readonly published: (text: string) => string;
}

export function drawnColumn(column: Column, drawing: Drawing): ColumnRegular {
  const { path, title, group } = column;
  const { table, locale } = drawing;
  const texts = choicesOf(column, locale);
  return {
    prop: path,
    name: title,
    size: widthOf(column),
    // Rows are found by the field above: a filtered grid would paste and move rows that nobody sees.
    filter: false,
    ...(path === '/id' ? { pin: 'colPinStart' as const } : {}),
    ...(texts === undefined ? {} : { editor: choiceEditor(column.required ? texts : ['', ...texts], title) }),
    columnTemplate: (create) =>
      create('span', { class: 'head' }, [
        ...(group === undefined ? [] : [create('span', { class: 'group' }, group)]),
        create('span', {}, title),
      ]),
    cellProperties: ({ model }) => {
      const row = model as GridRow;
      const look = cellLook(table, column, row, drawing.notes(), drawing.said);
      const before = textBefore(row, column, locale);
      if (before === undefined) return { ...look };
      return { class: { ...look.class, changed: true }, title: look.title ?? drawing.published(before) };
    },
    cellTemplate: (create, { model, value }) => {
      const row = model as GridRow;
      const text = String(value ?? '');
      const before = textBefore(row, column, locale);
      const now = create('span', {}, text === '' ? emptyText(table.item, row, column, drawing.none) : text);
      return before === undefined ? now : [create('del', { class: 'was' }, before), now];
    },
  };
}

/** The texts of the only values there are. */
function choicesOf({ shape }: Column, locale: Locale): readonly string[] | undefined {
  switch (shape.is) {
    case 'choice':
      return shape.options.map((option) => cellText(shape, option, locale));
    case 'kind':
      return shape.titles;
    case 'boolean':
      return [true, false].map((each) => cellText(shape, each, locale));
    default:
      return undefined;
  }
}

function widthOf({ shape, title, path }: Column): number {
  const wide = /\/(ja|en)$/.test(path) ? 180 : shape.is === 'tokens' ? 200 : shape.is === 'match' ? 140 : 120;
  return Math.max(wide, Math.min(260, [...title].length * 14 + 28));
}
