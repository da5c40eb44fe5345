import type { Phase, RunLine } from "../wire/types";

/** Returns the phase whose shape stands for a run. */
export function runPhase(run: RunLine): Phase {
  if ((run.counts.failed ?? 0) + (run.counts.corrupt ?? 0) > 0 || run.state === "died") {
    return "failed";
  }
  return run.state === "running" ? "running" : run.outcome === "done" || (run.state === "ended" && run.outcome === undefined) ? "done" : "skipped";
}

/** Returns the outcome of a run, or its state while there is none. */
export function runWord(run: RunLine): string {
  return run.state === "ended" ? (run.outcome ?? "ended") : run.paused === undefined ? run.state : "paused";
}
