import * as answer from "../../answers";
import { formatDatabaseUrl } from "../../config/database-url";
import { answer as success } from "../../model/envelope";
import { failed } from "../../model/refusal";
import { command } from "../command";

export const dbMigrate = command({
  name: "db/migrate",
  summary: "Create the provisioning tables, or bring them up to date",
  description:
    "Kamailio's own tables are never altered. Running it again changes nothing; one that was interrupted is finished by running it again. Several at once wait for each other; on a Galera cluster run it through one node.",
  params: {},
  answers: {
    database: answer.text(),
    migrated: answer.list(answer.text()),
    detail: answer.sentence(),
  },
  examples: [{ command: "hermes db migrate" }],
  async run(cli) {
    const hermes = await cli.hermes();
    const migrated = await hermes.owner.migrate();
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
    const facts = await hermes.owner.kamailioFacts();
    const { done, pending } = await hermes.owner.migrationState();
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
