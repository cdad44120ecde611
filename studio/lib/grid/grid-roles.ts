/**
 * What does a screen reader hear of the grid? It names its rows and cells; heads, numbers and scrolling parts are named here.
 * Also called: ARIA, accessibility, 読み上げ.
 */
const roles: readonly (readonly [selector: string, attribute: string, value: string])[] = [
  ['.header-rgRow', 'role', 'row'],
  ['revogr-row-headers .rgCell, .rowHeaders .rgCell', 'role', 'rowheader'],
  ['.rowHeaders .rgHeaderCell', 'role', 'gridcell'],
  ['.vertical-inner', 'role', 'rowgroup'],
  ['.vertical-inner', 'tabindex', '0'],
];

/** Names what is drawn, now and whenever something is drawn anew; gives back how to stop. */
export function nameParts(grid: HTMLElement, label: string): () => void {
  grid.setAttribute('aria-label', label);
  const name = (): void => {
    for (const [selector, attribute, value] of roles)
      for (const element of grid.querySelectorAll(selector))
        if (element.getAttribute(attribute) !== value) element.setAttribute(attribute, value);
  };
  let frame = 0;
  const watch = new MutationObserver(() => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      name();
    });
  });
  watch.observe(grid, { childList: true, subtree: true });
  return () => watch.disconnect();
}
