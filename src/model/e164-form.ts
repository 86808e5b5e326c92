/** ITU-T E.164: 15 digits at most, the country calling code among them. */
export const E164_DIGITS_MAX = 15;

const FORM = new RegExp(`^\\+[1-9]\\d{1,${E164_DIGITS_MAX - 1}}$`);

/** Whether text looks like an E.164 number; `e164.ts`, which takes a while to load, knows whether it is one. */
export const looksLikeE164 = (text: string) => FORM.test(text);
