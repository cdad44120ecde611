/**
 * Is this installation as it should be? Also called: doctor, health check, self test, 点検, 改ざん検知.
 * For whoever is on the machine itself: it looks and changes nothing.
 */
import { tenants, type TenantSummary } from '#runtime/access/tenants.ts';
import type { App } from '#runtime/app.ts';
import { verifyChain } from '#runtime/audit/audit.ts';
import { latestRelease, loadRelease, ReleaseTampered } from '#runtime/catalogue/load-release.ts';
import { withScope } from '#runtime/db/scope.ts';

/** Words: `doctor.<code>`, with these values. */
export interface Finding {
  readonly code:
    | 'database'
    | 'operators'
    | 'release-holds'
    | 'release-tampered'
    | 'nothing-published'
    | 'audit-holds'
    | 'audit-broken';
  readonly values: Readonly<Record<string, string>>;
  readonly sound: boolean;
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

export async function inspectInstallation(app: App): Promise<Finding[]> {
  const { rows } = await app.appPool.query<{ version: string }>(`select current_setting('server_version') as version`);
  const operators = await tenants(app);
  const general: Finding[] = [
    { code: 'database', values: { version: rows[0]?.version ?? '', path: app.dataDirectory }, sound: true },
    { code: 'operators', values: { count: String(operators.length) }, sound: true },
  ];
  const each = await Promise.all(operators.map((operator) => inspectOperator(app, operator)));
  return [...general, ...each.flat()];
}

function inspectOperator(app: App, { id, code }: TenantSummary): Promise<Finding[]> {
  return withScope(app, { tenantId: id, personId: NOBODY }, async (tx) => {
    const number = await latestRelease(tx, id);
    const values = { operator: code, release: String(number ?? '') };
    const broken = await verifyChain(tx, id);
    const audit: Finding =
      broken === null
        ? { code: 'audit-holds', values: { operator: code }, sound: true }
        : { code: 'audit-broken', values: { operator: code, number: String(broken) }, sound: false };
    if (number === undefined) return [{ code: 'nothing-published', values, sound: true }, audit];
    try {
      await loadRelease(tx, id, number, app.keys.publicKey);
      return [{ code: 'release-holds', values, sound: true }, audit];
    } catch (error) {
      if (!(error instanceof ReleaseTampered)) throw error;
      return [{ code: 'release-tampered', values: { ...values, version: error.version ?? '' }, sound: false }, audit];
    }
  });
}
