import type { Cli } from "./cli";

/** Work that is done sooner needs no bar. */
const PATIENCE = 1_000;

export interface ProgressBar {
  readonly update: (done: number, total: number) => void;
  readonly stop: () => void;
}

interface Bar {
  start(total: number, done: number): void;
  setTotal(total: number): void;
  update(done: number): void;
  stop(): void;
}

/** A bar on the terminal's stderr, with rate and time left, from the first second on. None in a pipe or with --quiet. */
export function progressBar(cli: Cli): ProgressBar {
  const begun = Date.now();
  let bar: Bar | undefined;
  let loading = false;
  let stopped = false;
  let altered: { restored(): void } | undefined;

  const load = async (done: number, total: number) => {
    loading = true;
    const { SingleBar } = await import("cli-progress");
    if (stopped) return;
    bar = new SingleBar({
      stream: cli.io.stderr as NodeJS.WriteStream,
      format: "{bar} {percentage}%  {value}/{total}  {rate}/s  {eta_formatted} left",
      formatValue: (value) => value.toLocaleString("en"),
      hideCursor: true,
      clearOnComplete: true,
    });
    // A bar has no cursor, and lines that do not wrap.
    altered = cli.alters(() => bar?.stop());
    bar.start(total, done);
  };

  return {
    update(done, total) {
      if (stopped || cli.flags.quiet || !cli.io.isTerminal.stderr) return;
      if (bar !== undefined) {
        bar.setTotal(total);
        const rate = Math.round((done * 1000) / (Date.now() - begun));
        (bar as Bar & { update(done: number, payload: object): void }).update(done, {
          rate: rate.toLocaleString("en"),
        });
      } else if (!loading && Date.now() - begun > PATIENCE) {
        void load(done, total);
      }
    },
    stop() {
      stopped = true;
      bar?.stop();
      altered?.restored();
    },
  };
}
