/**
 * Which migrations are there, in which order?
 * Also called: schema versions, マイグレーション一覧.
 * A text that has been released is never edited; a change is a new text at the end.
 */
export const migrationNames: readonly string[] = [
  '0001-core',
  '0002-auth',
  '0003-security',
  '0004-immutability',
  '0005-changes',
  '0006-customers-and-figures',
  '0007-credit-notes',
  '0008-no-check-per-row',
  '0009-agreements-and-corrections',
  '0010-why-a-run-stopped',
  '0011-product-orders',
  '0012-bills-by-period',
  '0013-when-a-chunk-was-taken',
  '0014-document-received',
  '0015-grants-counted',
  '0016-concessions',
  '0017-void-lines',
  '0018-customer-standing',
  '0019-how-usage-was-counted',
  '0020-withdrawals',
  '0021-day-of-a-file',
];
