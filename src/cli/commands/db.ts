import * as answer from "../../answers";
import { formatDatabaseUrl } from "../../config/database-url";
import { answer as success } from "../../model/envelope";
import { failed } from "../../model/refusal";
import { toggle } from "../../params/types";
import { command } from "../command";

export const dbMigrate = command({
  name: "db/migrate",
  summary: "Create the provisioning tables, or bring them up to date",
  description: "Kamailio's own tables are never altered. Running it again changes nothing.",
  params: {
    unlock: toggle("go on although an earlier migration was interrupted"),
  },
  answers: {
    database: answer.text(),
    migrated: answer.list(answer.text()),
    detail: answer.sentence(),
  },
  examples: [{ command: "hermes db migrate" }],
  async run(cli, { unlock }) {
    const hermes = await cli.hermes();
    const databases = await hermes.open();
    const migrated = await databases.migrate(unlock);
    return success({
      database: formatDatabaseUrl(hermes.config.provisioning),
      migrated,
      detail:
        migrated.length === 0
          ? "The provisioning tables are up to date"
          : `Ran ${migrated.join(", ")}`,
    });
  },
});

export const dbStatus = command({
  name: "db/status",
  summary: "Show which databases are used, and what they lack",
  params: {},
  answers: {
    kamailio: answer.text(),
    provisioning: answer.text(),
    subscriber_columns: answer.list(answer.text()),
    migrations: answer.list(answer.text()),
    pending: answer.list(answer.text()),
  },
  examples: [{ command: "hermes db status" }],
  async run(cli) {
    const hermes = await cli.hermes();
    const databases = await hermes.open();
    const facts = await databases.kamailioFacts();
    const { done, pending } = await databases.migrationState();
    const fields = {
      kamailio: formatDatabaseUrl(hermes.config.kamailio),
      provisioning: formatDatabaseUrl(hermes.config.provisioning),
      subscriber_columns: [...(facts.get("subscriber")?.keys() ?? [])],
      migrations: done,
      pending,
    };
    if (pending.length > 0) {
      throw failed(
        "pending",
        `Missing migrations: ${pending.join(", ")}. Run: hermes db migrate`,
        fields,
      );
    }
    return success(fields);
  },
});
