import { contest } from "../contest";
import { timeRow } from "../row";
import type { Work } from "../work";

/** What says something without any database, against node doing nothing. */
export const startUp: Work = {
  name: "start-up",
  async measure({ rounds }) {
    const hermes = (flag: string) => ({
      program: () => ({ argv: [process.execPath, "bin/hermes.js", flag] as const }),
    });
    const { help, version, nothing } = await contest(rounds(40), {
      help: hermes("--help"),
      version: hermes("--version"),
      nothing: { program: () => ({ argv: [process.execPath, "-e", "0"] }) },
    });
    const against = { peer: "node -e 0", other: nothing, most: 1.35 };
    return [
      timeRow({ work: "--help", hermes: help, ...against }),
      timeRow({ work: "--version", hermes: version, ...against }),
    ];
  },
};
