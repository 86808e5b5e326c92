import { contest } from "../contest";
import { kamcli } from "../peers/kamcli";
import { run } from "../process";
import { timeRow, tripsRow } from "../row";
import { DOMAIN, mariadbSite } from "../site";
import type { Work } from "../work";

/** One account, whole process, against the least script there is and against kamcli. */
export const userGet: Work = {
  name: "user-get",
  async measure({ server, rounds }) {
    const site = await mariadbSite(server);
    const user = `alice@${DOMAIN}`;
    await run(
      site.hermes("user", "add-local", user, "--displayname", "Alice", "--email", "a@mail.example"),
    );
    const script = "bench/peers/minimal-mysql2.cjs";
    const show = await kamcli(site);
    const outcome = await contest(rounds(40), {
      hermes: { program: () => site.hermes("user", "get", user, "--json") },
      minimal: {
        program: () => ({
          argv: [process.execPath, script, site.databases.kamailioUrl, "alice", DOMAIN],
        }),
      },
      node: { program: () => ({ argv: [process.execPath, "-e", "0"] }) },
      kamcli: show && { program: () => show("subscriber", "show", "-F", "json", user) },
    });
    await site.remove();
    const { hermes } = outcome;
    const work = "user get --json, MariaDB, whole process";
    return [
      timeRow({ work, hermes, peer: "minimal mysql2 script", other: outcome.minimal, most: 0.6 }),
      timeRow({ work, hermes, peer: "node -e 0", other: outcome.node, most: 1.6 }),
      timeRow({
        work,
        hermes,
        peer: "kamcli subscriber show",
        other: outcome.kamcli,
        most: 0.75,
      }),
      tripsRow("… its round trips", hermes, 5),
    ];
  },
};
