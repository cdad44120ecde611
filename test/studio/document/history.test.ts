/** Is everything that was done undone in turn, and a word in one go? */
import { describe, expect, it } from 'vitest';
import { History } from '#lib/document/history.ts';
import { applied, between } from '#lib/document/text-edits.ts';

/** A text that is changed by `history`'s leave. */
class Page {
  text = '';
  readonly history = new History();
  write(text: string, at: number, group?: string): void {
    const steps = [between(this.text, text)];
    this.history.record(this.text, { steps, group }, at);
    this.text = steps.reduce(applied, this.text);
  }
  back(): string {
    return (this.text = (this.history.undo()?.steps ?? []).reduce(applied, this.text));
  }
  forth(): string {
    return (this.text = (this.history.redo()?.steps ?? []).reduce(applied, this.text));
  }
}

describe('the undo stack', () => {
  it('takes back what was typed into one field in one go, and does it again', () => {
    const page = new Page();
    page.write('a', 0, 'name');
    page.write('ab', 300, 'name');
    page.write('abc', 600, 'name');
    expect(page.back()).toBe('');
    expect(page.forth()).toBe('abc');
  });

  it('keeps fields apart, and pauses', () => {
    const page = new Page();
    page.write('a', 0, 'name');
    page.write('a1', 100, 'price');
    page.write('a12', 5000, 'price');
    expect([page.back(), page.back(), page.back()]).toEqual(['a1', 'a', '']);
  });

  it('begins anew when the field is left', () => {
    const page = new Page();
    page.write('a', 0, 'name');
    page.history.close();
    page.write('ab', 10, 'name');
    expect(page.back()).toBe('a');
  });

  it('forgets what was undone once something else is done', () => {
    const page = new Page();
    page.write('a', 0);
    page.write('ab', 1);
    page.back();
    page.write('ax', 2);
    expect(page.history.canRedo).toBe(false);
    expect([page.back(), page.back(), page.history.canUndo]).toEqual(['a', '', false]);
  });
});
