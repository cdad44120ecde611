/**
 * Can this text be the key of a row? What comes from an address or a form can be anything, and the database answers other text with an error.
 * Also called: UUID, 識別子.
 */
export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
