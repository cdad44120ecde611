/** Who walks through the demo, and how does a session of theirs come about? */
import { request } from 'node:http';
import type { Role } from '#runtime/access/actor.ts';

/** Each role has its person. */
export type Walker = Role;

export const operators = { ja: 'kanade-mobile.example', en: 'real-usage.example' } as const;
export type Operator = keyof typeof operators;

/** Each role's person at an operator of the demo: the Japanese carrier, or the American one. */
export const walkers = [
  'productManager',
  'approver',
  'operator',
  'billingManager',
  'auditor',
  'administrator',
] as const satisfies readonly Walker[];

const names: Readonly<Record<Walker, string>> = {
  productManager: 'product',
  approver: 'approver',
  operator: 'operator',
  billingManager: 'billing',
  auditor: 'auditor',
  administrator: 'admin',
};

export const emailOf = (who: Walker, at: Operator): string => `${names[who]}@${operators[at]}`;

export interface SessionCookie {
  readonly name: string;
  readonly value: string;
}

/**
 * Signs in by the form, as a browser without scripts would.
 * Sign-in is limited by address: each caller gives a last byte of its own, all of them this machine.
 */
export function signedIn(url: string, email: string, password: string, lastByte: number): Promise<SessionCookie> {
  const body = new URLSearchParams({ email, password }).toString();
  return new Promise((resolve, reject) => {
    const sent = request(
      `${url}/sign-in`,
      {
        method: 'POST',
        localAddress: `127.0.0.${lastByte}`,
        headers: {
          origin: url,
          accept: 'text/html',
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': String(body.length),
        },
      },
      (answer) => {
        answer.resume();
        const cookie = answer.headers['set-cookie']?.find((each) => each.includes('session_token='));
        const [pair = ''] = cookie?.split(';') ?? [];
        const at = pair.indexOf('=');
        if (answer.statusCode === 303 && at > 0) resolve({ name: pair.slice(0, at), value: pair.slice(at + 1) });
        else reject(new Error(`${email} could not sign in: ${answer.statusCode}`));
      },
    );
    sent.on('error', reject).end(body);
  });
}
