import { getSystemErrorMap } from "node:util";

/** Why the operating system refused something, in its own words without its codes: `no space left on device`. */
export function systemReason(error: unknown): string {
  // A host of several addresses fails for each of them.
  const [first = error] = error instanceof AggregateError ? error.errors : [];
  const { errno, message } = first as NodeJS.ErrnoException;
  return (errno !== undefined && getSystemErrorMap().get(errno)?.[1]) || message;
}
