import { text } from "../../answers";
import { naming } from "../../params/param";
import { wordList } from "../../params/word-list";
import { command } from "../command";
import { sayHelp } from "../help/say";

export const helpCommand = command({
  name: "help",
  summary: "Show help for a command or a topic",
  forOperators: true,
  params: {
    about: naming(
      "command",
      wordList("a command, a family of commands, or a topic", "user add-local", "NAME"),
    ),
  },
  answers: { help: text() },
  examples: [{ command: "hermes help user add-local" }, { command: "hermes help permissions" }],
  run: (cli, { about }) => sayHelp(cli, about),
});
