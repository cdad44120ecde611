/**
 * Which workplaces are there, in the order of the rail?
 * Also called: menu entries, メニュー項目.
 */
export const workplaceIds = ['home', 'rulesets', 'changes', 'customers', 'usage', 'cycles', 'bills', 'audit'] as const;
export type WorkplaceId = (typeof workplaceIds)[number];
