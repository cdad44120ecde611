/**
 * Who is asking, for which tenant, and in which roles?
 * Also called: user, principal, current user, 利用者, ログインユーザー.
 */

/** The roles a person may hold, one workplace each. */
export const roles = ['productManager', 'approver', 'operator', 'billingManager', 'auditor', 'administrator'] as const;
export type Role = (typeof roles)[number];

export type Locale = 'ja' | 'en';

/** A person who acts: signed in on a screen, or named by a token on the command line or API. */
export type Actor = {
  readonly tenantId: number;
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly locale: Locale;
  readonly roles: readonly Role[];
  readonly via: 'session' | 'token';
  /** How the person proved again, for this one request, that it is them; nothing while nobody asked. */
  readonly confirmed?: 'password';
};
