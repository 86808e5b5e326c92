import { openDistance } from "../test/support/distance";
import { type Program, type Run, run } from "./process";

export interface DistantRun extends Run {
  /**
   * How often it went to the server and back, opening and closing the connection included;
   * undefined where it used no server.
   */
  readonly trips: number | undefined;
}

/**
 * Runs a program at a distance from its server: every round trip takes so many milliseconds longer.
 * One that uses no server is only run.
 */
export async function distantRun(
  { server, ...program }: Program,
  milliseconds = 0,
): Promise<DistantRun> {
  if (server === undefined) return { ...(await run(program)), trips: undefined };
  const distance = await openDistance(server.port, milliseconds);
  try {
    const measured = await run({ ...program, env: server.env(distance.port) });
    return { ...measured, trips: distance.roundTrips };
  } finally {
    await distance.close();
  }
}
