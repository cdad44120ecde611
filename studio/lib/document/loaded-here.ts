/**
 * Was the browser's document loaded at this page, or did one come here from another without loading anew?
 * Also called: full page load, client-side navigation, ページの読み込み.
 */
export function isLoadedHere(pathname: string): boolean {
  const [load] = performance.getEntriesByType('navigation');
  return load === undefined || new URL(load.name).pathname === pathname;
}
