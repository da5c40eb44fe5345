import type { JobView } from "../../address/view";
import { useKeys } from "../../keys/use";
import { numberText } from "../../part/words";
import { useAnswer, useStore } from "../../store/use";
import { rowsQuestion } from "../../wire/questions";
import type { Row, RowsAnswer } from "../../wire/types";
import { selectionOf } from "./JobHead";
import { partsOf } from "./words";

const ROWS = 200;

/** The way to the job before and the job after this one, in the list that it was opened from. */
export function Neighbours({ view, job }: { view: JobView; job: string }) {
  const store = useStore();
  const hasList = view.scope !== undefined || view.q !== undefined;
  const { value } = useAnswer<RowsAnswer>(hasList ? rowsQuestion(selectionOf(view), [], undefined, 0, ROWS) : undefined);
  const rows = value?.rows ?? [];
  const at = rows.findIndex((row) => row.job === job);

  // A job has a row for each set of its tags: the next job may be some rows on.
  const before = at < 0 ? undefined : rows.slice(0, at).findLast((row) => row.job !== job);
  const after = at < 0 ? undefined : rows.slice(at).find((row) => row.job !== job);

  function open(next: Row | undefined): void {
    if (next !== undefined) {
      store.go({ screen: "job", ...selectionOf(view), ...partsOf(next.job) });
    }
  }
  useKeys({ previous: () => open(before), next: () => open(after) });

  if (value === undefined || at < 0 || value.size < 2) {
    return null;
  }
  return (
    <>
      <span class="faint small one-line">
        {numberText(at + 1)} of {numberText(value.size)}
      </span>
      <button class="button icon-only" aria-label="Previous job" disabled={before === undefined} onClick={() => open(before)}>
        [
      </button>
      <button class="button icon-only" aria-label="Next job" disabled={after === undefined} onClick={() => open(after)}>
        ]
      </button>
    </>
  );
}
