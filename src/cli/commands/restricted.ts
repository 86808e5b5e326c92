import { invalidParameters } from "../../params/param";
import { wordList } from "../../params/word-list";
import { command } from "../command";

/** It is run before any other word is looked at (src/cli/main.ts); what stands here explains it. */
export const restricted = command({
  name: "restricted",
  summary: "Run a command for somebody who may do no more than their session allows",
  description:
    "For sudo and for forced commands of ssh keys, see docs/security.md. Takes its configuration from /etc/hermes/config.toml alone, which must ask for sessions, and nothing from the environment; opens no file that the caller names: what is imported is piped in. Each system user (sudo) and each key's name (ssh) has a session of its own.",
  params: {
    words: wordList(
      "the command; in a forced command the key's name, as the command is in SSH_ORIGINAL_COMMAND",
      "user list",
      "COMMAND",
    ),
  },
  examples: [
    { command: "sudo -u hermes hermes restricted user list" },
    { command: "hermes restricted alice", about: "as the forced command of alice's key" },
  ],
  async run() {
    throw invalidParameters("restricted comes first: hermes restricted user list --json");
  },
});
