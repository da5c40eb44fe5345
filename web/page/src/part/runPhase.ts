import type { Phase, RunLine } from "../wire/types";

/** Returns the phase whose shape stands for a run. */
export function runPhase(run: RunLine): Phase {
  if ((run.counts.failed ?? 0) + (run.counts.corrupt ?? 0) > 0 || run.state === "died") {
    return "failed";
  }
  return run.state === "running" ? "running" : run.outcome === "done" || (run.state === "ended" && run.outcome === undefined) ? "done" : "skipped";
}
