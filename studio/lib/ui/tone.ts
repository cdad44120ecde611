/**
 * Which colours carry a meaning?
 * Also called: semantic colour, 意味色.
 */
export type Tone = 'neutral' | 'accent' | 'draft' | 'published' | 'dearer' | 'cheaper' | 'danger';
