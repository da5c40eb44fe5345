import { useState } from "preact/hooks";
import type { CompareView } from "../../address/view";
import { useKeys } from "../../keys/use";
import { keysOf } from "../../keys/table";
import { CommandLine } from "../../part/CommandLine";
import { Empty, Reading } from "../../part/Empty";
import { ProblemNote } from "../../part/ProblemNote";
import { counted } from "../../part/words";
import { useAnswer, useStore } from "../../store/use";
import { compareQuestion } from "../../wire/questions";
import type { CompareAnswer } from "../../wire/types";
import { AddJob } from "./AddJob";
import { CompareTable } from "./CompareTable";
import { FirstCause } from "./FirstCause";
import { SideBySide } from "./SideBySide";
import { baseIndex, titleOf } from "./words";
import "./Compare.css";

/** Jobs side by side: the first cause of their differences, then all that differs. */
export function Compare() {
  const { view } = useStore();
  return view.value.screen === "compare" ? <Compared view={view.value} /> : null;
}

function Compared({ view }: { view: CompareView }) {
  const store = useStore();
  const [isAdding, setAdding] = useState(false);
  const question = view.jobs.length < 2 ? undefined : compareQuestion(view.jobs, view.base);
  const { value, problem } = useAnswer<CompareAnswer>(question);
  const base = value === undefined ? 0 : baseIndex(value.jobs, view.base);

  function setBase(index: number): void {
    const job = value?.jobs[index];
    if (job !== undefined) {
      store.go({ ...view, base: job.job });
    }
  }
  const toggleLogs = () => store.go(view.show === "logs" ? without(view, "show") : { ...view, show: "logs" });
  useKeys({
    base: () => (value === undefined ? false : setBase((base + 1) % value.jobs.length)),
    sideBySide: toggleLogs,
    addJob: () => setAdding(true),
  });

  function remove(job: string): void {
    const kept = view.base === job ? without(view, "base") : view;
    store.go({ ...kept, jobs: view.jobs.filter((_, index) => value?.jobs[index]?.job !== job) });
  }
  const title = value === undefined ? undefined : titleOf(value);
  return (
    <article class="compare" aria-label="Compare">
      <header class="head">
        <div>
          <h1>
            {title?.jobs ?? counted(view.jobs.length, "job")} {title !== undefined && <span>· {title.differences}</span>}
          </h1>
          {value !== undefined && (
            <p class="soft small">
              {value.same === 0 ? "" : `${counted(value.same, "equal parameter is", "equal parameters are")} hidden. `}
              Values are set against the base; <kbd>{keysOf("base")}</kbd> makes the next job the base.
            </p>
          )}
        </div>
        <div class="end">
          <button class="button" aria-pressed={view.show === "logs"} onClick={toggleLogs}>
            Logs side by side <kbd>{keysOf("sideBySide")}</kbd>
          </button>
          <button class="button" aria-expanded={isAdding} onClick={() => setAdding(!isAdding)}>
            Add a job <kbd>{keysOf("addJob")}</kbd>
          </button>
        </div>
      </header>
      {(isAdding || view.jobs.length < 2) && <AddJob view={view} onClose={() => setAdding(false)} />}
      {view.jobs.length < 2 && (
        <Empty title="Nothing to compare yet">
          <p>A comparison is of two jobs or more: add another one, or select jobs in the list and press c.</p>
        </Empty>
      )}
      {problem !== undefined && <ProblemNote problem={problem} {...(question === undefined ? {} : { again: question })} />}
      {question !== undefined && value === undefined && problem === undefined && <Reading what="the jobs" />}
      {value !== undefined && question !== undefined && (
        <>
          <FirstCause answer={value} />
          {view.show === "logs" ? (
            <SideBySide answer={value} />
          ) : (
            <CompareTable view={view} answer={value} base={base} onBase={setBase} onRemove={remove} />
          )}
          <div class="inset">
            <CommandLine command={value.command} label="The same by" />
          </div>
        </>
      )}
    </article>
  );
}

function without(view: CompareView, member: "show" | "base"): CompareView {
  const { [member]: _, ...rest } = view;
  return rest as CompareView;
}
