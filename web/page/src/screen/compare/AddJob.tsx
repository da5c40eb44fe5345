import { useEffect, useRef, useState } from "preact/hooks";
import type { CompareView } from "../../address/view";
import { mistakeWords } from "../../part/Filter";
import { Mistake } from "../../part/Mistake";
import { StateGlyph } from "../../part/StateGlyph";
import { TagList } from "../../part/TagList";
import { useAnswer, useStore } from "../../store/use";
import { rowsQuestion } from "../../wire/questions";
import type { RowsAnswer } from "../../wire/types";

const OFFERED = 8;

/** A field for another job of a comparison: any filter finds it, also the first digits of its identifier. */
export function AddJob({ view, onClose }: { view: CompareView; onClose: () => void }) {
  const store = useStore();
  const [filter, setFilter] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const scope = view.scope === undefined ? {} : { scope: view.scope };
  const { value, problem, isFormer } = useAnswer<RowsAnswer>(rowsQuestion({ ...scope, q: filter }, [], undefined, 0, OFFERED));
  useEffect(() => field.current?.focus(), []);

  // Rows of the former filter stay in sight while the next ones are read, but nobody has chosen them by this filter.
  const rows = isFormer && problem !== undefined ? [] : (value?.rows ?? []).filter((row) => !view.jobs.includes(row.job));
  function add(job: string): void {
    store.go({ ...view, jobs: [...view.jobs, job] });
    onClose();
  }
  function press(event: KeyboardEvent): void {
    const [first] = rows;
    if (event.key === "Enter") {
      event.preventDefault();
      if (first !== undefined && !isFormer) {
        add(first.job);
      }
    } else if (event.key === "Escape") {
      event.stopPropagation();
      onClose();
    }
  }
  return (
    <section class="add-job inset" aria-label="Add a job">
      <label class="find">
        <input
          ref={field}
          type="text"
          aria-label="Job to add"
          placeholder="identifier, tag=value, or any filter"
          spellcheck={false}
          value={filter}
          onInput={(event) => setFilter(event.currentTarget.value)}
          onKeyDown={press}
        />
      </label>
      {problem === undefined ? null : problem.at === undefined ? <p class="soft">{problem.error}</p> : <Mistake q={filter} at={problem.at} length={problem.length ?? 1} words={mistakeWords(problem)} />}
      <ul>
        {rows.map((row) => (
          <li key={row.job}>
            <button class="button quiet" disabled={isFormer} onClick={() => add(row.job)}>
              <StateGlyph state={row.state} named /> {row.type} <span class="mono faint">{row.shortId}</span> <TagList tags={row.tags} />
            </button>
          </li>
        ))}
        {value !== undefined && !isFormer && rows.length === 0 && <li class="soft">No other job matches.</li>}
      </ul>
    </section>
  );
}
