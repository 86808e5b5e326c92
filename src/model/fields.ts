/** What a node answers beside `response`. */
export type Fields = Record<string, unknown>;
