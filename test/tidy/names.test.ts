/** Is each thing in the room where one would look, under the word one would look for? */
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { code, codeFiles, files, root, rooms, text } from './source-files.ts';

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|worker|server|remote|d))*\.(ts|mjs)$/;
const pascal = /^[A-Z][A-Za-z0-9]*\.svelte(\.ts)?$/;
const nameless = /(^|\/)(utils?|helpers?|common|misc|stuff)(\.ts|\.svelte|\/)/i;

describe('names', () => {
  it('of folders at the top are the rooms', () => {
    const made = ['node_modules', 'build', 'coverage'];
    const folders = readdirSync(root, { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() && !entry.name.startsWith('.'),
    );
    expect(
      folders
        .map((entry) => entry.name)
        .filter((name) => !made.includes(name))
        .sort(),
    ).toEqual([...rooms].sort());
  });

  it('of files are kebab-case, of components PascalCase, of routes what SvelteKit reads', () => {
    const odd = codeFiles().filter((file) => {
      const name = basename(file);
      if (file.startsWith('studio/routes/') && name.startsWith('+')) return false;
      return !(
        name.endsWith('.svelte') ? pascal : /\.svelte\.ts$/.test(name) ? /^[A-Za-z][A-Za-z0-9-]*\.svelte\.ts$/ : kebab
      ).test(name);
    });
    expect(odd).toEqual([]);
  });

  it('say what is inside', () => {
    expect(codeFiles().filter((file) => nameless.test(file))).toEqual([]);
    expect(nameless.test('engine/money/utils.ts')).toBe(true);
  });
});

describe('every file', () => {
  it('fits a walk: no more than 400 lines', () => {
    expect(codeFiles().filter((file) => text(file).split('\n').length > 401)).toEqual([]);
  });

  it('opens with its question', () => {
    const silent = codeFiles().filter(
      (file) =>
        !/^(#!.*\n)?(<script[^>]*>\s*)?(\/\*\*|\/\/|<!--|declare )/.test(text(file)) && !/^studio\/routes\//.test(file),
    );
    expect(silent).toEqual([]);
  });

  it('is finished, and names no machine', () => {
    const open = /\b(TO[D]O|FIX[M]E|X{3}|not implemented)\b/;
    const machine = /(?<![\w.])\/(tmp|work|root|home)\//;
    const all = [...codeFiles(), ...files('**/*.{md,json,hbs,css,html,sql}')].filter(
      (file) => !file.startsWith('test/tidy/'),
    );
    expect(all.filter((file) => open.test(text(file)))).toEqual([]);
    expect(all.filter((file) => machine.test(text(file)))).toEqual([]);
  });

  it('runs as it stands: neither focused nor skipped tests', () => {
    const tests = codeFiles().filter((file) => file.startsWith('test/') && !file.startsWith('test/tidy/'));
    expect(
      tests.filter((file) => /\b(it|test|describe)\.(only|skip|todo|skipIf|runIf|fails)\b/.test(code(file))),
    ).toEqual([]);
  });
});

describe('every room', () => {
  /** The rooms and the folders right inside them: those are what a newcomer walks through. */
  const places = new Set(
    files('**/*.{ts,svelte,json,hbs,sql}').flatMap((file) =>
      file
        .split('/')
        .slice(0, -1)
        .slice(0, 2)
        .map((_, depth, parts) => parts.slice(0, depth + 1).join('/')),
    ),
  );

  it.each(['engine', 'runtime'])('of %s stands in its README, where one looks for it', (room) => {
    const rooms = [...places]
      .filter((place) => place.startsWith(`${room}/`))
      .map((place) => place.slice(room.length + 1));
    expect(rooms.length).toBeGreaterThan(0);
    expect(rooms.filter((inner) => !text(`${room}/README.md`).includes(`\`${inner}/\``))).toEqual([]);
  });

  it.each([...places].sort())('%s says what lives in it', (place) => {
    const [room = '', inner] = place.split('/');
    const own = existsSync(join(root, place, 'README.md'));
    const told =
      inner !== undefined && existsSync(join(root, room, 'README.md')) && text(`${room}/README.md`).includes(inner);
    expect(own || told, `${place}/README.md, or a word about ${inner ?? room} in the README of its room`).toBe(true);
  });
});
