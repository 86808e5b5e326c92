import * as answer from "../../answers";
import { answer as success } from "../../model/envelope";
import { positional } from "../../params/param";
import { choice } from "../../params/types";
import { wordList } from "../../params/word-list";
import { command } from "../command";
import type { Candidate } from "../completion/next";
import { SHELLS, scripts } from "../completion/scripts";
import { write } from "../io";
import { visible } from "../output/visible";

export const completion = command({
  name: "completion",
  summary: "Print what a shell needs to complete commands, flags and what there is",
  description:
    "Accounts, domains, aliases, numbers, phones and operators are completed as they are there, for whoever may read them.",
  params: {
    shell: positional(choice("the shell", "SHELL", SHELLS)),
    words: wordList(
      "an unfinished command line: what can stand at its end is printed",
      "user g",
      "WORD",
    ),
  },
  answers: {
    content: answer.optional(answer.text()),
    list: answer.optional(
      answer.list(answer.record({ value: answer.text(), about: answer.optional(answer.text()) })),
    ),
  },
  examples: [
    { command: "source <(hermes completion bash)", about: "in ~/.bashrc" },
    { command: "source <(hermes completion zsh)", about: "in ~/.zshrc, behind compinit" },
    { command: "hermes completion fish > ~/.config/fish/completions/hermes.fish" },
  ],
  async run(cli, { shell, words }) {
    if (words.length > 0) {
      const { complete } = await import("../completion/complete");
      const { candidates, late } = await complete(cli, words);
      if (cli.flags.json) return success({ list: candidates });
      await write(cli.io.stdout, candidates.map(line).join(""));
      if (late) cli.io.exit?.(0);
      return 0;
    }
    const content = scripts[shell];
    if (cli.flags.json) return success({ content });
    await write(cli.io.stdout, content);
    return 0;
  },
});

/** As the scripts read it. */
const line = ({ value, about = "" }: Candidate) =>
  about === "" ? `${value}\n` : `${value}\t${visible(about)}\n`;
