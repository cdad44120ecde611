/**
 * Where does each thing that was found lead, and what is it called?
 * Also called: search result, command palette entry, 検索結果.
 */
import type { Found, PlaceFound } from '#runtime/services/search-everything.ts';
import type { ScreenKey, Speech } from '#lib/i18n/speech.ts';

export type FoundEntry = { readonly href: string; readonly text: string; readonly note: string };
export type FoundGroup = { readonly title: ScreenKey; readonly entries: readonly FoundEntry[] };

/** Signing out is no page: the menu of the person does it. */
const addresses: Readonly<Record<Exclude<PlaceFound['code'], 'sign-out'>, string>> = {
  home: '/',
  rulesets: '/rulesets',
  customers: '/customers',
  usage: '/usage',
  rejects: '/usage/rejects',
  cycles: '/cycles',
  bills: '/bills',
  audit: '/audit',
  'write-ruleset': '/rulesets',
  'review-changes': '/changes',
  simulate: '/customers',
  'import-usage': '/usage',
  'open-cycle': '/cycles',
};

/** In the order in which one looks for things; what is empty is left out. `mayRead` tells whether customers open, or are simulated. */
export function foundGroups(found: Found, mayRead: boolean, { t, say, name, money, month }: Speech): FoundGroup[] {
  const placed = (places: readonly PlaceFound[]): FoundEntry[] =>
    places.flatMap(({ code }) =>
      code === 'sign-out' ? [] : [{ href: addresses[code], text: say({ code: `place.${code}` }), note: '' }],
    );
  const groups: readonly FoundGroup[] = [
    {
      title: 'nav.customers',
      entries: found.customers.map(({ id, name: called, kana, identifiers }) => ({
        href: `/customers/${encodeURIComponent(id)}${mayRead ? '' : '/simulate'}`,
        text: called,
        note: [kana, id, ...identifiers].join(' · '),
      })),
    },
    {
      title: 'nav.bills',
      entries: found.bills.map((bill) => ({
        href: `/bills/${encodeURIComponent(bill.id)}`,
        text: `${bill.number} ${bill.customerName}`,
        note: `${month(bill.month)} · ${money(bill.total, bill.currency)}`,
      })),
    },
    {
      title: 'nav.rulesets',
      entries: found.rulesets.map(({ kind, id, version, name: called }) => ({
        href: `/rulesets/${kind}/${id}`,
        text: name(called),
        note: `${t(`option.RulesetKind.${kind}`)} v${version}`,
      })),
    },
    { title: 'palette.pages', entries: placed(found.pages) },
    { title: 'palette.actions', entries: placed(found.actions) },
  ];
  return groups.filter(({ entries }) => entries.length > 0);
}
