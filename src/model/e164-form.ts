/** Whether a text has the form of an E.164 number: `+` and 2 to 15 digits (ITU-T E.164). */
export const isE164 = (text: string) => /^\+[1-9][0-9]{1,14}$/.test(text);
