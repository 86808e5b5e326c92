import { INTERRUPTED } from "./exit-status";
import { processIo } from "./io";
import { main } from "./main";

process.on("SIGINT", () => process.exit(INTERRUPTED));

main(process.argv.slice(2), processIo()).then(
  (status) => {
    process.exitCode = status;
  },
  (error) => {
    process.stderr.write(`hermes: this is a bug: ${error?.stack ?? error}\n`);
    process.exitCode = 3;
  },
);
