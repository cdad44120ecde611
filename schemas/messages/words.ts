/**
 * Which words does the product have, and in which file?
 * One pair of files a subject; a code stands in one subject only, and in both languages. Also called: messages, i18n, 文言, 翻訳.
 */
import aloudEn from './aloud.en.json' with { type: 'json' };
import aloudJa from './aloud.ja.json' with { type: 'json' };
import billingEn from './billing.en.json' with { type: 'json' };
import billingJa from './billing.ja.json' with { type: 'json' };
import casesEn from './cases.en.json' with { type: 'json' };
import casesJa from './cases.ja.json' with { type: 'json' };
import changeScreensEn from './change-screens.en.json' with { type: 'json' };
import changeScreensJa from './change-screens.ja.json' with { type: 'json' };
import changesEn from './changes.en.json' with { type: 'json' };
import changesJa from './changes.ja.json' with { type: 'json' };
import commandLineEn from './command-line.en.json' with { type: 'json' };
import commandLineJa from './command-line.ja.json' with { type: 'json' };
import customersEn from './customers.en.json' with { type: 'json' };
import customersJa from './customers.ja.json' with { type: 'json' };
import customersScreensEn from './customers-screens.en.json' with { type: 'json' };
import customersScreensJa from './customers-screens.ja.json' with { type: 'json' };
import cyclesEn from './cycles.en.json' with { type: 'json' };
import cyclesJa from './cycles.ja.json' with { type: 'json' };
import demoEn from './demo.en.json' with { type: 'json' };
import demoJa from './demo.ja.json' with { type: 'json' };
import diagnosticsEn from './diagnostics.en.json' with { type: 'json' };
import diagnosticsJa from './diagnostics.ja.json' with { type: 'json' };
import editorEn from './editor.en.json' with { type: 'json' };
import editorJa from './editor.ja.json' with { type: 'json' };
import specialTermsScreensEn from './special-terms-screens.en.json' with { type: 'json' };
import specialTermsScreensJa from './special-terms-screens.ja.json' with { type: 'json' };
import invoiceEn from './invoice.en.json' with { type: 'json' };
import invoiceJa from './invoice.ja.json' with { type: 'json' };
import ordersEn from './orders.en.json' with { type: 'json' };
import ordersJa from './orders.ja.json' with { type: 'json' };
import meaningEn from './meaning.en.json' with { type: 'json' };
import meaningJa from './meaning.ja.json' with { type: 'json' };
import readingEn from './reading.en.json' with { type: 'json' };
import readingJa from './reading.ja.json' with { type: 'json' };
import refusalsEn from './refusals.en.json' with { type: 'json' };
import refusalsJa from './refusals.ja.json' with { type: 'json' };
import rejectsEn from './rejects.en.json' with { type: 'json' };
import rejectsJa from './rejects.ja.json' with { type: 'json' };
import screensEn from './screens.en.json' with { type: 'json' };
import screensJa from './screens.ja.json' with { type: 'json' };
import setUpEn from './set-up.en.json' with { type: 'json' };
import setUpJa from './set-up.ja.json' with { type: 'json' };
import startupEn from './startup.en.json' with { type: 'json' };
import startupJa from './startup.ja.json' with { type: 'json' };
import traceEn from './trace.en.json' with { type: 'json' };
import traceJa from './trace.ja.json' with { type: 'json' };

export const locales = ['ja', 'en'] as const;
export type Locale = (typeof locales)[number];

type Messages = Readonly<Record<string, string>>;

export const subjects: Readonly<Record<string, Readonly<Record<Locale, Messages>>>> = {
  aloud: { ja: aloudJa, en: aloudEn },
  billing: { ja: billingJa, en: billingEn },
  cases: { ja: casesJa, en: casesEn },
  'change-screens': { ja: changeScreensJa, en: changeScreensEn },
  changes: { ja: changesJa, en: changesEn },
  'command-line': { ja: commandLineJa, en: commandLineEn },
  customers: { ja: customersJa, en: customersEn },
  'customers-screens': { ja: customersScreensJa, en: customersScreensEn },
  cycles: { ja: cyclesJa, en: cyclesEn },
  demo: { ja: demoJa, en: demoEn },
  diagnostics: { ja: diagnosticsJa, en: diagnosticsEn },
  editor: { ja: editorJa, en: editorEn },
  'special-terms-screens': { ja: specialTermsScreensJa, en: specialTermsScreensEn },
  invoice: { ja: invoiceJa, en: invoiceEn },
  orders: { ja: ordersJa, en: ordersEn },
  meaning: { ja: meaningJa, en: meaningEn },
  reading: { ja: readingJa, en: readingEn },
  refusals: { ja: refusalsJa, en: refusalsEn },
  rejects: { ja: rejectsJa, en: rejectsEn },
  screens: { ja: screensJa, en: screensEn },
  'set-up': { ja: setUpJa, en: setUpEn },
  startup: { ja: startupJa, en: startupEn },
  trace: { ja: traceJa, en: traceEn },
};
