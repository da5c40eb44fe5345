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
import type { CompareAnswer, JobLink } from "../../wire/types";
import { AddJob } from "./AddJob";
import { CompareTable } from "./CompareTable";
import { FirstCause } from "./FirstCause";
import { SideBySide } from "./SideBySide";
import { baseIndex, isNamed, titleOf } from "./words";
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
  /** Makes the next job of the address the base: an answer begins with the base, whichever it is. */
  function nextBase(): void | false {
    const job = value?.jobs[base];
    if (job === undefined) {
      return false;
    }
    const index = view.jobs.findIndex((name) => isNamed(job.job, job.shortId, name));
    const next = view.jobs[(index + 1) % view.jobs.length];
    const found = value?.jobs.find(({ job, shortId }) => next !== undefined && isNamed(job, shortId, next));
    return found === undefined ? false : store.go({ ...view, base: found.job });
  }
  const toggleLogs = () => store.go(view.show === "logs" ? without(view, "show") : { ...view, show: "logs" });
  useKeys({
    base: nextBase,
    sideBySide: toggleLogs,
    addJob: () => setAdding(true),
  });

  function remove({ job, shortId }: JobLink): void {
    const isIt = (name: string): boolean => isNamed(job, shortId, name);
    const kept = view.base !== undefined && isIt(view.base) ? without(view, "base") : view;
    store.go({ ...kept, jobs: view.jobs.filter((name) => !isIt(name)) });
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
