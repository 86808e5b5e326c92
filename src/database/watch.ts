import type { Socket } from "node:net";
import { DatabaseError } from "./error";

/** Silence after which a server has to show that it is still there, in milliseconds. */
const SILENCE = 10_000;

/** How often it is looked whether something was heard, in milliseconds. */
const LOOK = 1_000;

/**
 * Sees to it that waiting for a server has an end, however long a statement may take: after ten
 * seconds of silence it is asked by another connection whether it is there. A slow server answers
 * that; a frozen one takes the connection and says nothing. One that has vanished without a word is
 * found by the system's own keep-alive.
 */
export class Watch {
  private timer: NodeJS.Timeout | undefined;
  private due = 0;
  private bytes = 0;
  private heardAt = 0;
  private asking = false;

  /** `ping` answers whether the server lets somebody in. */
  constructor(
    private readonly stream: Socket,
    private readonly ping: () => Promise<boolean>,
  ) {}

  /** The server owes an answer, until as many `end`s. */
  begin(): void {
    this.due++;
    if (this.due > 1) return;
    this.heardAt = Date.now();
    this.timer = setInterval(() => this.look(), LOOK).unref();
  }

  end(): void {
    this.due--;
    if (this.due === 0) clearInterval(this.timer);
  }

  private look(): void {
    // Where we do not read, the silence is ours.
    if (this.stream.bytesRead !== this.bytes || this.stream.isPaused()) {
      this.bytes = this.stream.bytesRead;
      this.heardAt = Date.now();
    }
    if (this.asking || Date.now() - this.heardAt < SILENCE) return;
    void this.ask();
  }

  private async ask(): Promise<void> {
    this.asking = true;
    const since = this.heardAt;
    const there = await this.ping();
    this.asking = false;
    if (there || this.due === 0 || this.heardAt !== since) {
      this.heardAt = Date.now();
      return;
    }
    const seconds = Math.round((Date.now() - since) / 1000);
    this.stream.destroy(
      new DatabaseError("lost", `the server has said nothing for ${seconds} s, and lets nobody in`),
    );
  }
}
