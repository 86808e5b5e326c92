import { formatDatabaseUrl, type MysqlLocation, parseDatabaseUrl } from "../config/database-url";
import { parseDomain } from "../model/domain-name";
import { invalid, Refusal } from "../model/refusal";
import { account, byHand, whyNoUsers } from "./access";
import { inspect } from "./kamailio-site";
import { type Access, mayNotReplace, type Plan } from "./plan";
import type { FoundSite } from "./site-found";
import type { Wizard } from "./wizard";

/** Asks whose database it is. */
export async function askSource(found: readonly FoundSite[], wizard: Wizard): Promise<FoundSite> {
  const choices = found.map((site) => ({
    name: `${formatDatabaseUrl(site.kamailio)}  (${site.source})`,
    value: site,
  }));
  const other = { name: "another database", value: "other" as const };
  const chosen =
    found.length === 0
      ? other.value
      : await wizard.choose<FoundSite | "other">("Kamailio's database", [...choices, other]);
  if (chosen !== "other") return chosen;
  const typed = await wizard.text(
    "Kamailio's database, as in its own db_url",
    "mysql://kamailio:kamailiorw@127.0.0.1:3306/kamailio",
    databaseProblem,
  );
  return { source: "as typed", kamailio: parseDatabaseUrl(typed) };
}

/** Asks what a plan leaves open, and answers it filled in. A no throws invalid/confirmation. */
export async function settle(plan: Plan, wizard: Wizard): Promise<Plan> {
  const { questions, file, config } = plan;
  if (questions.includes("replace")) {
    if (!(await wizard.confirm(`Change the databases in ${file}?`))) throw mayNotReplace(file);
  }
  let access = config?.access;
  if (access?.how === "user") {
    if (questions.includes("user")) await askUser(access, wizard);
    if (questions.includes("administrator")) {
      access = { ...access, administrators: await askAdministrator(access.kamailio, wizard) };
    }
  }
  return {
    ...plan,
    config: config && access && { ...config, access },
    domains: questions.includes("domain") ? await askDomain(plan.domains[0], wizard) : plan.domains,
    questions: [],
  };
}

async function askUser(
  { wanted, kamailio }: Extract<Access, { how: "user" }>,
  wizard: Wizard,
): Promise<void> {
  const question = `Create MySQL user ${account(wanted)} with the rights Hermes needs, and database ${wanted.provisioning}?`;
  if (await wizard.confirm(question)) return;
  const { text, command } = byHand(wanted, kamailio);
  wizard.say(text);
  throw invalid("confirmation", `Nothing was done. When that SQL has been run: ${command}`);
}

/** Asks for somebody who may create users; nobody where the password is left empty. */
async function askAdministrator(
  kamailio: MysqlLocation,
  wizard: Wizard,
): Promise<readonly MysqlLocation[]> {
  const user = await wizard.text(
    "Nobody known so far may do that. The MySQL administrator's name",
    "root",
  );
  const login = (password: string) => ({ ...kamailio, user, password });
  const password = await wizard.secret(
    `Password of ${user} (empty: go on without)`,
    async (typed) => (typed === "" ? undefined : whyNoUsers(login(typed))),
  );
  return password === "" ? [] : [login(password)];
}

async function askDomain(proposal: string | undefined, wizard: Wizard): Promise<string[]> {
  const typed = await wizard.text(
    "Kamailio's table domain is empty. The domain to add (empty: none)",
    proposal,
    domainProblem,
  );
  const domain = parseDomain(typed);
  return domain === undefined ? [] : [domain];
}

/** A name without a dot is more likely an answer to another question (`y`) than a domain. */
function domainProblem(text: string): string | undefined {
  const domain = parseDomain(text);
  if (text === "" || (domain !== undefined && /[.:]/.test(domain))) return undefined;
  return `${JSON.stringify(text.slice(0, 60))} is no domain. Example: example.org`;
}

async function databaseProblem(url: string): Promise<string | undefined> {
  try {
    await inspect(parseDatabaseUrl(url));
  } catch (error) {
    if (error instanceof Refusal) return error.detail;
    throw error;
  }
}
