import { parseMac } from "../../model/mac";

/** Whether a word is meant for a MAC address, be it a mistyped one; any other is an account's. */
export const looksLikeMac = (word: string, begun = false): boolean =>
  begun
    ? /^[0-9a-f:.-]*$/i.test(word)
    : parseMac(word) !== undefined || /^(?!sips?:)[^@]*:[^@]*$/i.test(word);
