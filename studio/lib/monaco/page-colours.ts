/**
 * Is the page light or dark now? Its own choice, else the device's.
 * Also called: colour scheme, theme, 配色.
 */
export function coloursNow(): 'light' | 'dark' {
  const chosen = document.documentElement.dataset['theme'];
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Tells of every change; gives back how to stop. */
export function watchColours(changed: () => void): () => void {
  const device = matchMedia('(prefers-color-scheme: dark)');
  const page = new MutationObserver(changed);
  page.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  device.addEventListener('change', changed);
  return () => {
    page.disconnect();
    device.removeEventListener('change', changed);
  };
}
