import { getSystemErrorMap } from "node:util";

/** Why the operating system refused something, in its own words without its codes: `no space left on device`. */
export function systemReason(error: unknown): string {
  const { errno, message } = error as NodeJS.ErrnoException;
  return (errno !== undefined && getSystemErrorMap().get(errno)?.[1]) || message;
}
