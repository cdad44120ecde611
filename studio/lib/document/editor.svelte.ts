/**
 * What do the views of a document share: the document, what the engine says of it, where one is, and what may be named?
 * Also called: editor state, view model, エディターの状態.
 */
import { createContext } from 'svelte';
import type { Diagnostic, Ruleset, RulesetKind } from '#schemas/generated/types.ts';
import { catalogueOf, type Catalogue } from '#lib/form/references.ts';
import type { Command } from './commands.ts';
import { Notes, nowhere } from './notes.ts';
import { isWithin } from './pointer.ts';
import type { How, RulesetDocument } from './ruleset-document.svelte.ts';

export type View = 'words' | 'form' | 'table' | 'json';

export interface Subject {
  readonly kind: RulesetKind;
  readonly id: string;
  /** The number that the draft will be published under. */
  readonly version: number;
}

export interface EditorStart {
  readonly document: RulesetDocument;
  readonly subject: Subject;
  readonly view: View;
  readonly readonly: boolean;
}

export class Editor {
  readonly document: RulesetDocument;
  readonly subject: Subject;
  view: View = $state('words');
  /** False once the draft may be written again, after it was taken back. */
  #locked = $state(false);
  /** All other rulesets of the release. */
  others: readonly Ruleset[] = $state.raw([]);
  diagnostics: readonly Diagnostic[] = $state.raw([]);
  /** The place that one asked to see, and a count so that asking again shows it again. */
  wanted: { readonly at: string; readonly asked: number; readonly focus: boolean } | undefined = $state.raw();
  /** Where one is in the view that is open, so that the next view begins there. */
  place = '';
  /** The count of what was last shown: a view that is opened later need not show it again. */
  seen = 0;
  /** Places that priced something for the customer in the simulator. */
  lit: ReadonlySet<string> = $state.raw(nowhere);
  /** Things that were just added: nobody complains of what has not been filled in yet. */
  #fresh: readonly string[] = $state.raw([]);
  /** The field that is being typed into. */
  #typing: string | undefined = $state();
  /** What a press of the pointer has set off, until it is let go; undefined while nothing is pressed. */
  #afterPress: (() => void)[] | undefined;

  /** What is said of the document; while its text cannot be read, only why. */
  readonly notes: Notes = $derived.by(() => {
    const { fault } = this.document.reading;
    return new Notes(fault === undefined ? this.diagnostics : [fault]);
  });
  /** What the draft began from, to be compared with; undefined for a ruleset that is new. */
  readonly published: Ruleset | undefined = $derived.by(() => {
    const { kind, id, version } = this.subject;
    return this.others.find((each) => each.kind === kind && each.id === id && each.version === version - 1);
  });
  readonly catalogue: Catalogue = $derived.by(() => catalogueOf(this.others, this.document.value));
  /** The currency of every billing cycle, when they agree. */
  readonly currency: string | undefined = $derived.by(() => {
    const found = this.others.flatMap((each) => (each.kind === 'billingCycle' ? [each.body.currency] : []));
    return found.every((each) => each === found[0]) ? found[0] : undefined;
  });

  constructor({ document, subject, view, readonly }: EditorStart) {
    this.document = document;
    this.subject = subject;
    this.view = view;
    this.#locked = readonly;
  }

  /** True while nothing can be changed but the text itself: who may not, or a text that cannot be read. */
  get isReadonly(): boolean {
    return this.#locked || this.document.isBroken;
  }

  get isLocked(): boolean {
    return this.#locked;
  }

  unlock(): void {
    this.#locked = false;
  }

  run(commands: readonly Command[], how?: How): boolean {
    return commands.length > 0 && !this.#locked && this.document.run(commands, how);
  }

  /** Adds a thing, and keeps quiet about it until it has been left. */
  add(commands: readonly Command[], added: string): void {
    if (!this.run(commands)) return;
    this.#fresh = [...this.#fresh, added];
    this.show(added);
  }

  undo(): void {
    if (this.#locked) return;
    const place = this.document.undo();
    if (place !== undefined) this.show(place);
  }

  redo(): void {
    if (this.#locked) return;
    const place = this.document.redo();
    if (place !== undefined) this.show(place);
  }

  /** Shows the place, in the view that is open unless another is named. */
  show(at: string, view: View = this.view): void {
    this.view = view;
    this.wanted = { at, asked: (this.wanted?.asked ?? 0) + 1, focus: true };
  }

  /** Another view of the same place. */
  switchTo(view: View): void {
    if (view === this.view) return;
    this.view = view;
    if (this.place !== '') this.wanted = { at: this.place, asked: (this.wanted?.asked ?? 0) + 1, focus: false };
  }

  /** What is said at the field, once the person has left it. */
  notesAt(pointer: string): readonly Diagnostic[] {
    if (this.#typing === pointer || this.#fresh.some((each) => isWithin(pointer, each))) return [];
    return this.notes.at(pointer);
  }

  enter(pointer: string): void {
    this.place = pointer;
    this.#onceStill(() => (this.#typing = pointer));
  }

  /** The field is left, and with it any new thing that the focus is no longer within. */
  leave(pointer: string, to: string | undefined): void {
    this.#onceStill(() => {
      if (this.#typing === pointer) this.#typing = undefined;
      if (this.#fresh.length > 0) this.#fresh = this.#fresh.filter((each) => to !== undefined && isWithin(to, each));
    });
    this.document.closeGroup();
  }

  /** What the engine says of the document now. */
  hear(diagnostics: readonly Diagnostic[]): void {
    this.#onceStill(() => (this.diagnostics = diagnostics));
  }

  /** The pointer goes down: until it is up again nothing may move away from under it. */
  press(): void {
    this.#afterPress ??= [];
  }

  release(): void {
    const waiting = this.#afterPress ?? [];
    this.#afterPress = undefined;
    for (const each of waiting) each();
  }

  #onceStill(run: () => void): void {
    if (this.#afterPress === undefined) run();
    else this.#afterPress.push(run);
  }
}

export const [useEditor, provideEditor] = createContext<Editor>();
