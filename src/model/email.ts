/** Kamailio keeps it in 64 characters (`subscriber.email_address`), and so do we wherever it stands. */
export const EMAIL_MAX = 64;

/** Whether it looks like a mail address that can be written to (RFC 5321 dot-string local part). */
export function isEmail(text: string): boolean {
  return (
    text.length <= EMAIL_MAX &&
    /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/.test(
      text,
    )
  );
}
