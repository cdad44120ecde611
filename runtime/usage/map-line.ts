/**
 * Which usage records does a line of a file stand for?
 * Pure: a published file format and the fields of a line in, records or the reason for refusing the line out.
 * Also called: mediation, CDR mapping, ファイル形式, 取込定義, 利用明細.
 */
import { createHash } from 'node:crypto';
import { momentReader } from '#runtime/usage/moment.ts';
import { parseQuantity } from '#runtime/usage/quantity.ts';
import type { Reject } from '#runtime/usage/read-fields.ts';
import type { FileFormatBody, FileRecord } from '#schemas/generated/types.ts';

export type MappedRecord = {
  /** Which of the format's records it is, from 1. */
  readonly number: number;
  readonly meter: string;
  readonly startedAt: string;
  readonly quantity: string;
  readonly attributes: Readonly<Record<string, string>>;
};

export type MappedLine = {
  readonly subscriber: string;
  /** Two lines of a format with the same key are the same line. */
  readonly key: string;
  /** What the line says; the same key with another payload is a conflict. */
  readonly payload: string;
  readonly records: readonly MappedRecord[];
  readonly reject?: never;
};

type Fields = readonly string[];
type Read<T> = (fields: Fields) => T;
type ColumnAt = (column: string) => number;

const LONGEST_ATTRIBUTE = 200;
const LONGEST_SUBSCRIBER = 128;

/** Every column that the format reads. */
export function columnsOf(format: FileFormatBody): readonly string[] {
  const named = format.records.flatMap(({ when, quantity, startedAt, attributes }) =>
    [when, quantity, startedAt, ...Object.values(attributes ?? {})].flatMap((source) =>
      source !== undefined && 'column' in source ? [source.column] : [],
    ),
  );
  return [...new Set([format.subscriber, ...format.key, ...named])];
}

/** Whether the format leaves the day of use to whoever imports the file. */
export function needsGivenDay(format: FileFormatBody): boolean {
  return format.records.some(({ startedAt }) => 'given' in startedAt);
}

/**
 * A reader of lines of the format `id`, whose columns stand in the order of `header`.
 * Where the day of use is given on import it is part of the key: next month's file is not a conflict with this month's.
 */
export function lineMapper(
  id: string,
  format: FileFormatBody,
  header: Fields,
  givenOn: string | null,
): (fields: Fields) => MappedLine | { readonly reject: Reject } {
  const at: ColumnAt = (column) => header.indexOf(column);
  const readSubscriber = textReader(format.subscriber, at, LONGEST_SUBSCRIBER);
  const keyAt = format.key.map(at);
  const keyStart = needsGivenDay(format) ? [id, givenOn] : [id];
  const readers = format.records.map((record, index) => recordReader(record, index + 1, at, givenOn));

  const read = (fields: Fields): MappedLine => {
    if (fields.length !== header.length) {
      refuse('wrong-field-count', { expected: String(header.length), found: String(fields.length) });
    }
    const subscriber = required(readSubscriber(fields), format.subscriber);
    const records = readers.map((readRecord) => readRecord(fields)).filter((record) => record !== undefined);
    if (records.length === 0) refuse('no-record', {});
    const key = sha256(JSON.stringify([...keyStart, ...keyAt.map((index) => fields[index])]));
    return { subscriber, key, payload: sha256(JSON.stringify([subscriber, records])), records };
  };
  return (fields) => {
    try {
      return read(fields);
    } catch (error) {
      if (error instanceof RefusedLine) return { reject: error.reject };
      throw error;
    }
  };
}

/** Leaves the reading of a line, whichever value it was that could not be read. */
class RefusedLine extends Error {
  readonly reject: Reject;

  constructor(reject: Reject) {
    super(reject.code);
    this.reject = reject;
  }
}

function refuse(code: string, values: Reject['values']): never {
  throw new RefusedLine({ code, values });
}

function recordReader(
  record: FileRecord,
  number: number,
  at: ColumnAt,
  givenOn: string | null,
): Read<MappedRecord | undefined> {
  const { when, meter } = record;
  const whenAt = when === undefined ? -1 : at(when.column);
  const readQuantity = quantityReader(record.quantity, at);
  const readStart = startReader(record.startedAt, at, givenOn);
  const readAttributes = attributesReader(record.attributes ?? {}, at);
  return (fields) => {
    if (when !== undefined && fields[whenAt] !== when.equals) return undefined;
    return {
      number,
      meter,
      startedAt: readStart(fields),
      quantity: readQuantity(fields),
      attributes: readAttributes(fields),
    };
  };
}

function quantityReader(quantity: FileRecord['quantity'], at: ColumnAt): Read<string> {
  if ('constant' in quantity) return () => quantity.constant;
  const { column } = quantity;
  const index = at(column);
  return (fields) => {
    const value = required(fields[index]!, column);
    return parseQuantity(value) ?? refuse('broken-quantity', { column, value: shown(value) });
  };
}

function startReader(startedAt: FileRecord['startedAt'], at: ColumnAt, givenOn: string | null): Read<string> {
  if ('given' in startedAt) return () => `${givenOn}T00:00:00`;
  const { column, pattern } = startedAt;
  const index = at(column);
  const read = momentReader(pattern);
  return (fields) => {
    const value = required(fields[index]!, column);
    return read(value) ?? refuse('broken-date', { column, value: shown(value), pattern });
  };
}

/** Attributes of a record; an empty field is an attribute that is absent. */
function attributesReader(
  attributes: NonNullable<FileRecord['attributes']>,
  at: ColumnAt,
): Read<Record<string, string>> {
  const readers = Object.entries(attributes).map(([name, source]): [string, Read<string>] => [
    name,
    'text' in source ? () => source.text : textReader(source.column, at, LONGEST_ATTRIBUTE),
  ]);
  return (fields) =>
    Object.fromEntries(readers.map(([name, read]) => [name, read(fields)]).filter(([, value]) => value !== ''));
}

function textReader(column: string, at: ColumnAt, longest: number): Read<string> {
  const index = at(column);
  return (fields) => {
    const value = fields[index]!;
    return value.length > longest ? refuse('value-too-long', { column, limit: String(longest) }) : value;
  };
}

const required = (value: string, column: string): string =>
  value === '' ? refuse('value-missing', { column }) : value;
const shown = (value: string): string => (value.length > 60 ? `${value.slice(0, 60)}…` : value);
const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');
