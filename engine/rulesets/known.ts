/**
 * What exists beside the ruleset that is being checked?
 * Also called: catalogue, cross-reference, 参照先.
 */
import type { Report } from '#engine/diagnostics/catalogue.ts';
import type { DiscountTarget, OfferingRuleset, Ruleset, RulesetKind } from '#schemas/generated/types.ts';
import { hasForm } from './form.ts';
import { spansInForce, type RulesetOf, type Span } from './release.ts';

export class Known {
  /** Only rulesets of sound form. */
  readonly rulesets: readonly Ruleset[];
  readonly #spans: ReadonlyMap<string, readonly Span[]>;
  readonly #kinds: ReadonlyMap<RulesetKind, readonly Ruleset[]>;
  readonly #services: ReadonlySet<string>;
  readonly #charges: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #reached = new Map<DiscountTarget, ReadonlySet<OfferingRuleset>>();
  readonly #brokenKinds: ReadonlySet<string>;
  readonly #brokenNames: ReadonlySet<string>;

  /** `broken` are the documents whose form is wrong: they exist, though nothing can be said of what is in them. */
  constructor(rulesets: readonly Ruleset[], broken: readonly unknown[]) {
    this.rulesets = rulesets;
    const groups = Map.groupBy(rulesets, ({ kind, id }) => `${kind}/${id}`);
    this.#spans = new Map([...groups].map(([name, versions]) => [name, spansInForce(versions)]));
    this.#kinds = Map.groupBy(rulesets, ({ kind }) => kind);
    this.#services = new Set(this.ofKind('offering').map(({ body }) => body.service));
    const plans = Map.groupBy(this.ofKind('ratePlan'), ({ id }) => id);
    this.#charges = new Map(
      [...plans].map(([id, versions]) => [
        id,
        new Set(versions.flatMap(({ body }) => body.charges.map((charge) => charge.id))),
      ]),
    );
    const names = broken.map(nameOf);
    this.#brokenKinds = new Set(names.map(({ kind }) => kind));
    this.#brokenNames = new Set(names.map(({ kind, id }) => `${kind}/${id}`));
  }

  ofKind<K extends RulesetKind>(kind: K): readonly RulesetOf<K>[] {
    return (this.#kinds.get(kind) ?? []) as readonly RulesetOf<K>[];
  }

  /** The days of every version, the lowest version first. */
  spans(kind: RulesetKind, id: string): readonly Span[] {
    return this.#spans.get(`${kind}/${id}`) ?? [];
  }

  has(kind: RulesetKind, id: string): boolean {
    return this.spans(kind, id).length > 0 || this.isBroken(kind, id);
  }

  /** True when a version of it could not be read, so that its content is not known in full. */
  isBroken(kind: RulesetKind, id: string): boolean {
    return [`${kind}/${id}`, `${kind}/*`, '*/*'].some((name) => this.#brokenNames.has(name));
  }

  /** False when some ruleset of the kinds could not be read: then what is not found may yet exist. */
  isWhole(...kinds: readonly RulesetKind[]): boolean {
    return !this.#brokenKinds.has('*') && kinds.every((kind) => !this.#brokenKinds.has(kind));
  }

  /** True when some offering is of the service, or may be. */
  hasService(service: string): boolean {
    return !this.isWhole('offering') || this.#services.has(service);
  }

  /** Offerings that a discount reaches: of its services and among its offerings, where it names any. */
  reachedBy(target: DiscountTarget): ReadonlySet<OfferingRuleset> {
    const known = this.#reached.get(target);
    if (known !== undefined) return known;
    const { services, offerings } = target;
    const reached = this.ofKind('offering').filter(
      ({ id, body }) =>
        (services === undefined || services.includes(body.service)) &&
        (offerings === undefined || offerings.includes(id)),
    );
    const set = new Set(reached);
    this.#reached.set(target, set);
    return set;
  }

  /** Ids of the charges that any version of the plan has. */
  chargesOf(ratePlan: string): ReadonlySet<string> {
    return this.#charges.get(ratePlan) ?? new Set();
  }
}

/** What a document calls itself; '*' where it does not say so in a way that others could name it. */
function nameOf(document: unknown): { kind: string; id: string } {
  const { kind, id } = (typeof document === 'object' && document !== null ? document : {}) as Partial<Ruleset>;
  const isKind = typeof kind === 'string' && hasForm('RulesetKind', kind);
  const isId = isKind && typeof id === 'string' && hasForm('Identifier', id);
  return { kind: isKind ? kind : '*', id: isId ? id : '*' };
}

/** A look at one ruleset, with all the others in sight. */
export type Check = (ruleset: Ruleset, known: Known, report: Report) => void;
