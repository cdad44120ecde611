/**
 * Which change of a customer does the form describe, against what the customer is now?
 * What is the same is left out. Also called: customer change form, 顧客情報の変更の入力.
 */
import type { CustomerNow } from '#runtime/services/customer-to-change.ts';
import type { CustomerChange } from '#schemas/generated/types.ts';

const fields = ['name', 'kana', 'birthDate', 'type', 'segment', 'billToName', 'billToAddress'] as const;
export type ChangedField = (typeof fields)[number];

/** A field before and after; empty where there is nothing. */
export interface FieldChanged {
  readonly field: ChangedField;
  readonly before: string;
  readonly after: string;
  /** Whether it holds from a day on; else it was so from the first. */
  readonly fromDay: boolean;
}

const ofADay: readonly ChangedField[] = ['type', 'segment', 'billToName', 'billToAddress'];
/** A customer always has these: blank leaves them as they are. */
const neverBlank: readonly ChangedField[] = ['name', 'kana', 'birthDate', 'type', 'billToName', 'billToAddress'];

export function fieldsChanged(form: FormData, now: CustomerNow): readonly FieldChanged[] {
  return fields.flatMap((field) => {
    const [before, typed] = [now[field] ?? '', form.get(field)];
    const after = typed === null ? before : String(typed).trim();
    if (after === before || (after === '' && neverBlank.includes(field))) return [];
    return [{ field, before, after, fromDay: ofADay.includes(field) }];
  });
}

/** Without any field where nothing is changed. */
export function customerChangeOf(form: FormData, now: CustomerNow): CustomerChange {
  const after = new Map(fieldsChanged(form, now).map((each) => [each.field, each.after]));
  const day = String(form.get('from') ?? '').trim();
  const from = day === '' ? {} : { from: day };
  const [type, segment] = [after.get('type'), after.get('segment')];
  const [name, address] = [after.get('billToName'), after.get('billToAddress')];
  return {
    ...(after.has('name') && { name: after.get('name')! }),
    ...(after.has('kana') && { kana: after.get('kana')! }),
    ...(after.has('birthDate') && { birthDate: after.get('birthDate')! }),
    ...((type !== undefined || segment !== undefined) && {
      standing: {
        ...from,
        ...(type !== undefined && { type: type === 'corporate' ? ('corporate' as const) : ('individual' as const) }),
        ...(segment !== undefined && { segment: segment === '' ? null : segment }),
      },
    }),
    ...((name !== undefined || address !== undefined) && {
      billTo: {
        account: now.account,
        ...from,
        ...(name !== undefined && { name }),
        ...(address !== undefined && { address }),
      },
    }),
  };
}
