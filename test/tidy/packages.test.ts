/** Can everybody install and use what we build on? The lock is complete for every platform, names no address, and the licences are permissive. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './source-files.ts';

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly resolved?: string;
  readonly dev?: boolean;
  readonly integrity?: string;
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
}

const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> };
const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Locked;
const packages = Object.entries(lock.packages).filter(([path]) => path !== '');

/** Where Node would find `name` from the package at `path`. */
function found(path: string, name: string): boolean {
  for (let place = path; ; place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))) {
    if (`${place === '' ? '' : `${place}/`}node_modules/${name}` in lock.packages) return true;
    if (place === '') return false;
  }
}

describe('the lock file', () => {
  it('holds every package of every platform, or `npm ci` would refuse', () => {
    const gaps = Object.entries(lock.packages).flatMap(
      ([path, { dependencies, devDependencies, optionalDependencies }]) =>
        Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies }).flatMap((name) =>
          found(path, name) ? [] : [`${path || 'kanade'} → ${name}`],
        ),
    );
    expect(gaps).toEqual([]);
  });

  it('names no download address, and a fingerprint for each package', () => {
    expect(packages.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
    expect(packages.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path)).toEqual([]);
  });

  it('agrees with package.json, where every version is exact', () => {
    const { dependencies, devDependencies, optionalDependencies } = lock.packages[''] ?? {};
    expect({ dependencies, devDependencies, optionalDependencies }).toEqual({
      dependencies: own.dependencies,
      devDependencies: own.devDependencies,
      optionalDependencies: own.optionalDependencies,
    });
    const versions = Object.values({ ...own.dependencies, ...own.devDependencies, ...own.optionalDependencies });
    expect(versions.filter((version) => !/^(npm:(@[\w-]+\/)?[\w-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual(
      [],
    );
  });
});

describe('the licence', () => {
  const permissive = [
    'MIT',
    'ISC',
    '0BSD',
    'Apache-2.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'BlueOak-1.0.0',
    'Unlicense',
    'CC0-1.0',
    'Python-2.0',
    'PSF-2.0',
    'OFL-1.1',
  ];
  /** Read by hand: tools that run as they come and of which nothing is shipped, and a package whose LICENSE file says MIT. */
  const read = ['axe-core', 'lightningcss', 'svelte-toolbelt'];

  /** 'A AND B' binds to both, '(A OR B)' lets us choose. */
  const isPermissive = (expression: string): boolean =>
    expression.split(' AND ').every((part) =>
      part
        .replaceAll(/[()]/g, '')
        .split(' OR ')
        .some((licence) => permissive.includes(licence)),
    );

  it.each([
    ['MIT', true],
    ['MIT AND OFL-1.1', true],
    ['(MPL-2.0 OR Apache-2.0)', true],
    ['MIT AND GPL-3.0', false],
    ['AGPL-3.0', false],
  ])('%s: %s', (expression, expected) => {
    expect(isPermissive(expression)).toBe(expected);
  });

  it('of every package is permissive', () => {
    const odd = packages.filter(([path, { license }]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      const given = license ?? licenceIn(path);
      return !(isPermissive(given) || read.some((known) => name === known || name.startsWith(`${known}-`)));
    });
    expect(odd.map(([path, { license }]) => `${path}: ${license ?? licenceIn(path)}`)).toEqual([]);
  });
});

function licenceIn(path: string): string {
  const file = join(root, path, 'package.json');
  if (!existsSync(file)) return 'not installed on this platform';
  const { license, licenses } = JSON.parse(readFileSync(file, 'utf8')) as {
    license?: string;
    licenses?: { type: string }[];
  };
  return license ?? licenses?.[0]?.type ?? 'none';
}
