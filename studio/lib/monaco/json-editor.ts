/**
 * How does the document become a text editor with completion, hovers and underlined problems?
 * The document stays the truth: what is typed goes to it, what changes elsewhere comes from it, and undo is its own.
 * Only loaded in the browser, when somebody opens the JSON view. Also called: Monaco, code editor, コードエディター.
 */
import 'monaco-editor/features/register.all';
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker';
import { editor, KeyCode, KeyMod, MarkerSeverity, Range, Uri } from 'monaco-editor/editor';
import { jsonDefaults } from 'monaco-editor/languages/features/json/register';
import JsonWorker from 'monaco-editor/languages/features/json/json.worker.js?worker';
import { getLocation } from 'jsonc-parser';
import type { Diagnostic } from '#schemas/generated/types.ts';
import type { Locale } from '#schemas/messages/words.ts';
import { below } from '#lib/document/pointer.ts';
import type { RulesetDocument } from '#lib/document/ruleset-document.svelte.ts';
import { inOrder, type Step } from '#lib/document/text-edits.ts';
import { colours } from './editor-colours.ts';
import { editorSchema } from './json-schema.ts';
import { placeOf } from './markers.ts';
import { coloursNow, watchColours } from './page-colours.ts';

globalThis.MonacoEnvironment = {
  getWorker: (_: string, label: string) => (label === 'json' ? new JsonWorker() : new EditorWorker()),
};

export interface JsonEditorOptions {
  readonly document: RulesetDocument;
  readonly kind: string;
  readonly locale: Locale;
  readonly label: string;
  readonly readonly: boolean;
  /** What is said of a diagnostic, in words. */
  readonly say: (diagnostic: Diagnostic) => string;
  readonly undo: () => void;
  readonly redo: () => void;
}

export interface JsonEditor {
  mark(diagnostics: readonly Diagnostic[]): void;
  /** Puts the caret at the place and shows it. */
  show(pointer: string, focus: boolean): void;
  allow(write: boolean): void;
  /** The value that the caret is in. */
  place(): string;
  dispose(): void;
}

const severities = { error: MarkerSeverity.Error, warning: MarkerSeverity.Warning, hint: MarkerSeverity.Info } as const;

export async function openJsonEditor(host: HTMLElement, options: JsonEditorOptions): Promise<JsonEditor> {
  const { document: ruleset, kind, locale, label, readonly, say } = options;
  for (const [name, theme] of Object.entries(colours)) editor.defineTheme(name, theme);
  // The words of the language are there before the text is: it would stand uncoloured until the first key.
  await editor.colorize('{}', 'json', {});
  const uri = Uri.parse(`kanade:///${kind}.json`);
  // One voice: the engine says what is wrong. The schema is for completion and hovers.
  jsonDefaults.setDiagnosticsOptions({
    validate: false,
    enableSchemaRequest: false,
    schemas: [
      { uri: `kanade:///schema/${kind}.${locale}`, fileMatch: [uri.toString()], schema: editorSchema(kind, locale) },
    ],
  });
  const model = editor.createModel(ruleset.text, 'json', uri);
  model.setEOL(editor.EndOfLineSequence.LF);
  const view = editor.create(host, {
    model,
    theme: `kanade-${coloursNow()}`,
    readOnly: readonly,
    ariaLabel: label,
    automaticLayout: true,
    minimap: { enabled: false },
    renderFinalNewline: 'on',
    scrollBeyondLastLine: false,
    fontSize: 13,
    lineHeight: 22,
    fontFamily: 'var(--font-mono)',
    tabSize: 2,
    insertSpaces: true,
    detectIndentation: false,
    wordWrap: 'off',
    fixedOverflowWidgets: true,
    unicodeHighlight: { ambiguousCharacters: false },
    renderLineHighlight: 'line',
    padding: { top: 8, bottom: 8 },
    stickyScroll: { enabled: true },
    quickSuggestions: { strings: true, other: true, comments: false },
    // The page's own scroll goes on where the editor's ends.
    scrollbar: { alwaysConsumeMouseWheel: false },
  });
  const me = {};
  let hearing = true;

  const typed = model.onDidChangeContent((event) => {
    if (!hearing) return;
    const step: Step = inOrder(
      event.changes.map(({ rangeOffset, rangeLength, text }) => ({
        at: rangeOffset,
        remove: rangeLength,
        insert: text,
      })),
    );
    ruleset.type(step, { group: 'json', by: me });
  });
  const stopListening = ruleset.listen((steps, by) => {
    if (by === me) return;
    hearing = false;
    for (const step of steps)
      model.applyEdits(
        step.map(({ at, remove, insert }) => {
          const from = model.getPositionAt(at);
          const to = model.getPositionAt(at + remove);
          return { range: new Range(from.lineNumber, from.column, to.lineNumber, to.column), text: insert };
        }),
      );
    hearing = true;
    // What cannot have happened costs less to look for than a text that says something else than the document.
    if (model.getValue() !== ruleset.text) model.setValue(ruleset.text);
  });
  const left = view.onDidBlurEditorText(() => ruleset.closeGroup());
  view.addCommand(KeyMod.CtrlCmd | KeyCode.KeyZ, options.undo);
  view.addCommand(KeyMod.CtrlCmd | KeyMod.Shift | KeyCode.KeyZ, options.redo);
  view.addCommand(KeyMod.CtrlCmd | KeyCode.KeyY, options.redo);
  const stopWatching = watchColours(() => editor.setTheme(`kanade-${coloursNow()}`));

  return {
    mark(diagnostics) {
      editor.setModelMarkers(
        model,
        'kanade',
        diagnostics.map((each) => {
          const { start, end } = placeOf(each, ruleset.map, ruleset.text);
          const from = model.getPositionAt(start);
          const to = model.getPositionAt(end);
          return {
            message: say(each),
            severity: severities[each.severity],
            startLineNumber: from.lineNumber,
            startColumn: from.column,
            endLineNumber: to.lineNumber,
            endColumn: to.column,
          };
        }),
      );
    },
    show(pointer, focus) {
      const place = ruleset.map?.at(pointer);
      if (place === undefined) return;
      const position = model.getPositionAt(place.start + (ruleset.text[place.start] === '"' ? 1 : 0));
      view.setPosition(position);
      view.revealPositionInCenter(position);
      if (focus) view.focus();
    },
    allow: (write) => view.updateOptions({ readOnly: !write }),
    place: () =>
      below(
        '',
        ...getLocation(ruleset.text, model.getOffsetAt(view.getPosition() ?? { lineNumber: 1, column: 1 })).path,
      ),
    dispose() {
      stopListening();
      stopWatching();
      typed.dispose();
      left.dispose();
      view.dispose();
      model.dispose();
    },
  };
}
