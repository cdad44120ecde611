/** How long is a password at least? Also called: minimum password length, パスワードの最小文字数. */
export const MINIMUM_PASSWORD_LENGTH = 12;
