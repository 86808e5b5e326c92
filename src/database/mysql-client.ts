import Mysql2Client from "knex/lib/dialects/mysql2/index.js";
import { DATABASE_DEFAULTS } from "../config/config";
import type { MysqlLocation } from "../config/database-url";
import { openDriver } from "./mysql-driver";

/** knex's mysql2 client on connections that are opened as all others are: same hosts, same TLS. */
export const migrationClient = (location: MysqlLocation) =>
  class extends Mysql2Client {
    override async acquireRawConnection(): Promise<unknown> {
      const { driver } = await openDriver(location, DATABASE_DEFAULTS.connectTimeout);
      driver.on("error", (error) => Object.assign(driver, { __knex__disposed: error }));
      await this.checkVersion(driver);
      return driver;
    }
  };
