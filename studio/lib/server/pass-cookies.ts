/**
 * How do cookies that sign-in asks for reach the browser of a form?
 * Also called: Set-Cookie, クッキーの受け渡し.
 */
import type { Cookies } from '@sveltejs/kit';

type Options = Parameters<Cookies['set']>[2];

/** Sets each `Set-Cookie` value as it stands: name, value as encoded, and what the browser must keep to. */
export function passCookies(setCookies: readonly string[], cookies: Cookies): void {
  for (const written of setCookies) {
    const [pair = '', ...attributes] = written.split(';').map((part) => part.trim());
    const at = pair.indexOf('=');
    cookies.set(pair.slice(0, at), pair.slice(at + 1), { ...optionsOf(attributes), encode: (value) => value });
  }
}

function optionsOf(attributes: readonly string[]): Options & { path: string } {
  const given = new Map(
    attributes
      .map((attribute) => attribute.split('=', 2) as [string, string?])
      .map(([name, value = '']) => [name.toLowerCase(), value]),
  );
  const sameSite = given.get('samesite')?.toLowerCase();
  return {
    path: given.get('path') ?? '/',
    httpOnly: given.has('httponly'),
    secure: given.has('secure'),
    ...(given.has('max-age') ? { maxAge: Number(given.get('max-age')) } : {}),
    ...(sameSite === 'lax' || sameSite === 'strict' || sameSite === 'none' ? { sameSite } : {}),
  };
}
