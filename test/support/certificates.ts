import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A certificate and its key, as files that everybody may read: they protect nothing. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Authorities and certificates of a test's own, made by openssl. */
export class Certificates {
  private readonly folder = mkdtempSync(join(tmpdir(), "hermes-certificates-"));

  constructor() {
    chmodSync(this.folder, 0o755);
  }

  authority(name: string): Certificate {
    const { cert, key } = this.files(name);
    this.openssl(
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"],
      ...["-keyout", key, "-out", cert, "-days", "2", "-subj", `/CN=${name}`],
    );
    return { cert, key };
  }

  /** Signed by that authority, for these names: `DNS:localhost,IP:127.0.0.1`. */
  signed(name: string, by: Certificate, names: string): Certificate {
    const { cert, key } = this.files(name);
    const extensions = join(this.folder, `${name}.ext`);
    writeFileSync(extensions, `subjectAltName=${names}\n`);
    const request = join(this.folder, `${name}.csr`);
    this.openssl(
      ...["req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"],
      ...["-keyout", key, "-out", request, "-subj", `/CN=${name}`],
    );
    this.openssl(
      ...["x509", "-req", "-in", request, "-CA", by.cert, "-CAkey", by.key, "-CAcreateserial"],
      ...["-out", cert, "-days", "2", "-extfile", extensions],
    );
    chmodSync(key, 0o644);
    return { cert, key };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private files(name: string): Certificate {
    return { cert: join(this.folder, `${name}.pem`), key: join(this.folder, `${name}.key`) };
  }

  private openssl(...words: string[]): void {
    execFileSync("openssl", words, { stdio: ["ignore", "ignore", "pipe"] });
  }
}
