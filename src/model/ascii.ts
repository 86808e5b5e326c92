/** Whether a text is printable ASCII: MySQL won't compare an `ascii` column with anything else. */
export const isAscii = (text: string) => /^[\x20-\x7e]*$/.test(text);
