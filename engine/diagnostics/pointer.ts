/**
 * How is a place within a document written?
 * As a JSON pointer (RFC 6901): '/body/charges/0/price'. Also called: path, 場所.
 */

/** The place of `key` below `parent`; '' is the whole document. */
export function below(parent: string, ...keys: readonly (string | number)[]): string {
  return keys.reduce<string>(
    (path, key) => `${path}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`,
    parent,
  );
}
