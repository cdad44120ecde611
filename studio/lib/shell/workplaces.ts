/**
 * Which places does the rail lead to, and what must one be allowed to do there?
 * Also called: navigation, menu, メニュー.
 */
import type { Component } from 'svelte';
import CalendarCheck from '@lucide/svelte/icons/calendar-check';
import FileUp from '@lucide/svelte/icons/file-up';
import GitPullRequestArrow from '@lucide/svelte/icons/git-pull-request-arrow';
import House from '@lucide/svelte/icons/house';
import ReceiptText from '@lucide/svelte/icons/receipt-text';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import Users from '@lucide/svelte/icons/users';
import type { WorkplaceId } from './workplace-ids.ts';

type Icon = Component<{ class?: string; 'aria-hidden'?: 'true' }>;

export const workplaces: Readonly<Record<WorkplaceId, { readonly href: string; readonly icon: Icon }>> = {
  home: { href: '/', icon: House },
  rulesets: { href: '/rulesets', icon: ScrollText },
  changes: { href: '/changes', icon: GitPullRequestArrow },
  customers: { href: '/customers', icon: Users },
  usage: { href: '/usage', icon: FileUp },
  cycles: { href: '/cycles', icon: CalendarCheck },
  bills: { href: '/bills', icon: ReceiptText },
  audit: { href: '/audit', icon: ShieldCheck },
};
