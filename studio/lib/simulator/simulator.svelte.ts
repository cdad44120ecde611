/**
 * Whose price is worked out, for which months? Remembered from page to page and from day to day.
 * Also called: simulator state, what-if, シミュレーター.
 */
import type { AccountDocument, Case, Diagnostic, Sentence } from '#schemas/generated/types.ts';
import type { Said } from '#schemas/messages/render.ts';
import {
  comparisonOf,
  placesThatPriced,
  readAloud,
  sumOf,
  type LineDifference,
  type MonthDifference,
} from './comparison.ts';
import type { LiveEngine } from './live-engine.svelte.ts';

export interface CustomerChoice {
  readonly id: string;
  readonly name: string;
  readonly note: string;
}

export interface KeptCase {
  readonly id: string;
  readonly document: Case;
}

/** What a customer is billed from, and in sentences what is assumed of the months to come; or why there is no billing them. */
export type ToBill =
  { readonly document: AccountDocument; readonly assumptions: readonly Sentence[] } | { readonly problem: Diagnostic };

/** Where customers come from: the page knows the addresses. */
export interface Customers {
  find(search: string): Promise<readonly CustomerChoice[]>;
  /** All that is needed to bill the customer for so many months from now. */
  account(customer: string, months: number): Promise<ToBill>;
}

export type Panel = 'price' | 'cases' | 'problems';

type Chosen = { readonly customer: CustomerChoice } | { readonly caseId: string };

interface Remembered {
  readonly open: boolean;
  readonly panel: Panel;
  readonly months: number;
  readonly customer: CustomerChoice | undefined;
}

const place = 'kanade.simulator';

export class Simulator {
  readonly live: LiveEngine;
  readonly #customers: Customers;
  isOpen = $state(true);
  panel: Panel = $state('price');
  months = $state(3);
  chosen: Chosen | undefined = $state.raw();
  /** What the chosen customer is billed from; of a case, what it gives. */
  account: AccountDocument | undefined = $state.raw();
  assumptions: readonly Sentence[] = $state.raw([]);
  /** Why the customer cannot be billed at all. */
  problem: Diagnostic | undefined = $state.raw();
  isLoading = $state(false);
  hasFailed = $state(false);
  /** The month that is looked at, of those that are billed. */
  #month: string | undefined = $state();
  #asked = 0;

  readonly comparison: readonly MonthDifference[] = $derived.by(() => {
    const { prices } = this.live;
    if (prices === undefined || this.account === undefined) return [];
    const { before, after } = prices;
    return comparisonOf('bills' in before ? before.bills : [], 'bills' in after ? after.bills : undefined);
  });
  readonly sums = $derived(sumOf(this.comparison));

  aloudOf(month: MonthDifference, line: LineDifference): Said | undefined {
    return this.live.prices === undefined ? undefined : readAloud(this.live.prices, month, line);
  }

  readonly month: MonthDifference | undefined = $derived(
    this.comparison.find(({ key }) => key === this.#month) ??
      this.comparison.find(({ change }) => change !== null && !/^-?0/.test(change)) ??
      this.comparison[0],
  );

  constructor(live: LiveEngine, customers: Customers) {
    this.live = live;
    this.#customers = customers;
  }

  /** Takes up what this browser remembers. */
  recall(): void {
    try {
      const kept = JSON.parse(localStorage.getItem(place) ?? '{}') as Partial<Remembered>;
      this.isOpen = kept.open ?? true;
      this.months = kept.months ?? 3;
      this.panel = kept.panel ?? 'price';
      if (kept.customer !== undefined) void this.choose(kept.customer);
    } catch {
      return;
    }
  }

  find(search: string): Promise<readonly CustomerChoice[]> {
    return this.#customers.find(search);
  }

  async choose(customer: CustomerChoice): Promise<void> {
    this.chosen = { customer };
    this.#month = undefined;
    this.#remember();
    await this.#load(customer);
  }

  chooseCase({ id, document }: KeptCase): void {
    this.#asked += 1;
    this.chosen = { caseId: id };
    this.account = document.given;
    this.assumptions = [];
    this.problem = undefined;
    this.isLoading = this.hasFailed = false;
    this.#month = undefined;
  }

  forget(): void {
    this.#asked += 1;
    this.chosen = this.account = undefined;
    this.#remember();
  }

  look(month: string): void {
    this.#month = month;
  }

  async lookAhead(months: number): Promise<void> {
    this.months = months;
    this.#remember();
    if (this.chosen !== undefined && 'customer' in this.chosen) await this.#load(this.chosen.customer);
  }

  open(panel: Panel = this.panel): void {
    this.isOpen = true;
    this.panel = panel;
    this.#remember();
  }

  fold(): void {
    this.isOpen = false;
    this.#remember();
  }

  /** The places of the draft that priced the month that is looked at. */
  placesThatPriced(ruleset: string, version: number): Set<string> {
    const bill = this.month?.billAfter;
    return placesThatPriced(bill === undefined ? [] : [bill], ruleset, version);
  }

  async #load(customer: CustomerChoice): Promise<void> {
    const asked = (this.#asked += 1);
    this.isLoading = true;
    this.hasFailed = false;
    try {
      const given = await this.#customers.account(customer.id, this.months);
      if (asked !== this.#asked) return;
      this.account = 'document' in given ? given.document : undefined;
      this.assumptions = 'document' in given ? given.assumptions : [];
      this.problem = 'problem' in given ? given.problem : undefined;
    } catch {
      if (asked === this.#asked) {
        this.hasFailed = true;
        this.account = undefined;
      }
    }
    if (asked === this.#asked) this.isLoading = false;
  }

  #remember(): void {
    try {
      const customer = this.chosen !== undefined && 'customer' in this.chosen ? this.chosen.customer : undefined;
      const kept: Remembered = { open: this.isOpen, panel: this.panel, months: this.months, customer };
      localStorage.setItem(place, JSON.stringify(kept));
    } catch {
      return;
    }
  }
}
