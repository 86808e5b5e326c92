import type { Link, Servers } from "./link";

/** How long after a look a link lets go of the moment it looked at, in milliseconds. */
const LINGER = 20;

/** The links of a process: few, opened as they are needed, and used again. */
export class Pool {
  private readonly idle: Link[] = [];
  private readonly waiting: ((link: Promise<Link>) => void)[] = [];
  private readonly lingering = new Map<Link, NodeJS.Timeout>();
  private open = 0;

  constructor(private readonly servers: Servers) {}

  async acquire(): Promise<Link> {
    for (let known = this.idle.pop(); known !== undefined; known = this.idle.pop()) {
      this.endLook(known);
      if (!known.broken) return known;
      // The server ends connections that nobody has used for long.
      this.discard(known);
    }
    if (this.open < this.servers.connections) return this.connect();
    return new Promise<Link>((resolve) => {
      this.waiting.push(resolve);
    });
  }

  release(link: Link): void {
    if (link.broken) {
      this.discard(link);
      if (this.waiting.length > 0) this.waiting.shift()?.(this.connect());
      return;
    }
    const next = this.waiting.shift();
    if (next !== undefined) next(Promise.resolve(link));
    else this.idle.push(link);
  }

  /** Gives back a link whose transaction read only: its end is not worth a wait. */
  releaseAfterLook(link: Link): void {
    const awaited = this.waiting.length > 0;
    if (awaited) void link.rollback();
    this.release(link);
    if (awaited || link.broken) return;
    const timer = setTimeout(() => this.endLook(link), LINGER);
    this.lingering.set(link, timer.unref());
  }

  async close(): Promise<void> {
    for (const timer of this.lingering.values()) clearTimeout(timer);
    this.open -= this.idle.length;
    await Promise.all(this.idle.splice(0).map((link) => link.close()));
  }

  private discard(link: Link): void {
    this.open--;
    link.close().catch(() => {});
  }

  private endLook(link: Link): void {
    const timer = this.lingering.get(link);
    if (timer === undefined) return;
    clearTimeout(timer);
    this.lingering.delete(link);
    void link.rollback();
  }

  private async connect(): Promise<Link> {
    this.open++;
    try {
      return await this.servers.connect();
    } catch (error) {
      this.open--;
      throw error;
    }
  }
}
