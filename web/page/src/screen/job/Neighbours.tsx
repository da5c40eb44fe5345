import { jobOf } from "../../address/job";
import type { JobView } from "../../address/view";
import { useKeys } from "../../keys/use";
import { numberText } from "../../part/words";
import { useAnswer, useStore } from "../../store/use";
import { aroundQuestion } from "../../wire/questions";
import type { Row, RowsAnswer } from "../../wire/types";

/** The way to the job before and the job after this one, in the list that it was opened from. */
export function Neighbours({ view, job }: { view: JobView; job: string }) {
  const store = useStore();
  const hasList = view.scope !== undefined || view.q !== undefined || view.by !== undefined || view.sort !== undefined;
  const { value } = useAnswer<RowsAnswer>(hasList ? aroundQuestion(view, job) : undefined);
  const rows = value?.rows ?? [];
  const at = rows.findIndex((row) => row.job === job);
  const before = rows[at - 1];
  const after = at < 0 ? undefined : rows[at + 1];

  function open(next: Row | undefined): void {
    if (next !== undefined) {
      store.go(jobOf(view, next.job));
    }
  }
  useKeys({ previous: () => open(before), next: () => open(after) });

  if (value === undefined || at < 0 || value.size < 2) {
    return null;
  }
  return (
    <>
      <span class="faint small one-line">
        {numberText(value.from + at + 1)} of {numberText(value.size)}
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
