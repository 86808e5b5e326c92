import { processIo } from "./io";
import { main } from "./main";

const bug = (what: string) => {
  process.stderr.write(`hermes: this is a bug: ${what}\n`);
  process.exitCode = 3;
};

// Where all waiting ends without an answer, Node would end with 0, as if all were well.
const unanswered = () => bug("there is no answer, and nothing left to wait for");
process.once("beforeExit", unanswered);

main(process.argv.slice(2), processIo())
  .then(
    (status) => {
      process.exitCode = status;
    },
    (error) => bug(error?.stack ?? error),
  )
  .finally(() => process.off("beforeExit", unanswered));
