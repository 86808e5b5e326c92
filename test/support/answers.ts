import { expect } from "vitest";
import type { Response } from "../../src/model/envelope";

/** A refusal with its keyword and some sentence. */
export const refused = (response: Response, cause: string, detail: string | RegExp = /./) => ({
  response,
  cause,
  detail: expect.stringMatching(detail),
});

export const failed = (cause: string, detail?: string | RegExp) => refused("failed", cause, detail);
export const invalid = (cause: string, detail?: string | RegExp) =>
  refused("invalid", cause, detail);
