import type { View } from "../address/view";
import { numberText } from "../part/words";
import type { RunAnswer, WorkspaceAnswer } from "../wire/types";

/** Returns the title of the tab: what a reader of another tab wants to know first. */
export function titleOf(view: View, run: RunAnswer | undefined, workspace: WorkspaceAnswer | undefined): string {
  if (run !== undefined && "scope" in view) {
    return `${newsOf(run)} · ${run.run.experiment}`;
  }
  const folder = workspace?.path.split("/").findLast((part) => part !== "");
  return folder === undefined ? "Experimaestro" : `${folder} · Experimaestro`;
}

function newsOf({ run, total }: RunAnswer): string {
  const failed = (run.counts.failed ?? 0) + (run.counts.corrupt ?? 0);
  const done = run.counts.done ?? 0;
  if (failed > 0) {
    return `${numberText(failed)} failed`;
  }
  if (total === 0) {
    return "no jobs";
  }
  return done === total ? "all done" : `${numberText(done)} of ${numberText(total)} done`;
}
