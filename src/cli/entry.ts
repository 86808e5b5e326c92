import { processIo } from "./io";
import { main } from "./main";

main(process.argv.slice(2), processIo()).then(
  (status) => {
    process.exitCode = status;
  },
  (error) => {
    process.stderr.write(`hermes: this is a bug: ${error?.stack ?? error}\n`);
    process.exitCode = 3;
  },
);
