/**
 * How is a refused line set aside for good?
 * Its bytes stay, with reason, person and moment; it counts as void from then on, and is never billed. Also called: write-off of usage, 取込対象外、無効化.
 */
import type { CycleTx } from '#runtime/db/scope.ts';
import type { OpenReject } from '#runtime/usage/correct-line.ts';

export async function voidLine(
  tx: CycleTx,
  { tenantId, personId }: { readonly tenantId: number; readonly personId: string },
  { id, fileId }: OpenReject,
  reason: string,
): Promise<void> {
  await tx.sql(
    `update usage_reject set state = 'void', void_reason = $3, corrected_by = $4, corrected_at = $5
     where tenant_id = $1 and id = $2`,
    [tenantId, id, reason, personId, tx.clock.now().toISOString()],
  );
  await tx.sql(
    'update usage_file set rejected_lines = rejected_lines - 1, void_lines = void_lines + 1 where tenant_id = $1 and id = $2',
    [tenantId, fileId],
  );
}
