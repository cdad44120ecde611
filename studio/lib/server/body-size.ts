/**
 * How much may a request carry? A usage file is large; every other form is small.
 * Also called: payload limit, アップロードの上限. The server's own limit (BODY_SIZE_LIMIT) is that of the largest.
 */

const kilobyte = 1024;
const ofForms = 512 * kilobyte;
const ofUsageFiles = 64 * kilobyte * kilobyte;
/** A ruleset of the largest size, with every quotation mark escaped. */
const ofDrafts = 8 * kilobyte * kilobyte;

const ofRoutes: Readonly<Record<string, number>> = {
  '/usage/import': ofUsageFiles,
  '/rulesets/[kind]/[id]/draft/save': ofDrafts,
  '/rulesets/[kind]/[id]/draft/cases': ofDrafts,
  '/rulesets/[kind]/[id]/draft/table': ofDrafts,
};

/** Whether the body is small enough for its route. A body that does not say its size is not from a form of ours. */
export function isSmallEnough(request: Request, route: string | null): boolean {
  if (request.body === null) return true;
  const length = Number(request.headers.get('content-length') ?? Number.NaN);
  return length <= (ofRoutes[route ?? ''] ?? ofForms);
}
