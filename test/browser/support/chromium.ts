/**
 * Which browser is there to walk with? KANADE_CHROMIUM names one; else where systems put it.
 * With KANADE_BROWSER=required a machine without one fails instead of skipping.
 */
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import type { TestContext } from 'vitest';

/** Chromium's own build without windows first: the same engine, in two thirds of the time. */
const usualPlaces = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export function chromiumPath(): string | undefined {
  const named = process.env['KANADE_CHROMIUM'];
  const path = named === undefined ? usualPlaces.find((place) => existsSync(place)) : named;
  if (path === undefined && process.env['KANADE_BROWSER'] === 'required') {
    throw new Error(
      'no Chromium was found, and KANADE_BROWSER=required asks for one: install it or name it in KANADE_CHROMIUM',
    );
  }
  return path;
}

/** Leaves the test out, saying why, on a machine without a browser. */
export function needsChromium(context: TestContext): void {
  if (chromiumPath() === undefined) {
    context.skip('no Chromium was found: install it, or name it in KANADE_CHROMIUM, to walk through the screens');
  }
}

/** A browser that asks nobody but us for anything. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath() ?? '',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
