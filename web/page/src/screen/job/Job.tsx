import type { JobView } from "../../address/view";
import { Reading } from "../../part/Empty";
import { LogView } from "../../part/LogView";
import type { LogChoice } from "../../part/LogTools";
import { ProblemNote } from "../../part/ProblemNote";
import { useAnswer, useStore } from "../../store/use";
import { jobQuestion } from "../../wire/questions";
import type { JobAnswer } from "../../wire/types";
import { Attempts } from "./Attempts";
import { Cause } from "./Cause";
import { Commands } from "./Commands";
import { Files } from "./Files";
import { JobHead } from "./JobHead";
import { Lineage } from "./Lineage";
import { Metrics } from "./Metrics";
import { ParameterTree } from "./ParameterTree";
import { Resources } from "./Resources";
import { usualStream } from "./words";
import "./Job.css";

/** A job: its cause first, its log largest, and all the rest beside it. */
export function Job() {
  const { view } = useStore();
  return view.value.screen === "job" ? <JobOf view={view.value} key={`${view.value.type}/${view.value.id}`} /> : null;
}

function JobOf({ view }: { view: JobView }) {
  const question = jobQuestion(view.type, view.id);
  const { value, problem } = useAnswer<JobAnswer>(question);
  return (
    <>
      {problem !== undefined && <ProblemNote problem={problem} again={question} />}
      {value === undefined ? problem === undefined && <Reading what="the job" /> : <Whole view={view} answer={value} />}
    </>
  );
}

function Whole({ view, answer }: { view: JobView; answer: JobAnswer }) {
  const store = useStore();
  function choose(change: LogChoice): void {
    const { find: formerFind, line: formerLine, ...kept } = view;
    const isOther = change.attempt !== undefined || change.stream !== undefined; // of another log, lines are other ones
    const find = change.find ?? formerFind ?? "";
    const line = change.line ?? (isOther || change.find !== undefined ? undefined : formerLine);
    store.replace({ ...kept, ...change, ...present("find", find || undefined), ...present("line", line) });
  }
  return (
    <article class="job" aria-label="Job">
      <JobHead view={view} answer={answer} />
      <div class="job-body">
        <div class="job-side">
          <Cause view={view} answer={answer} />
          <ParameterTree nodes={answer.parameters} view={view} />
          <Lineage view={view} answer={answer} />
          <Commands answer={answer} />
        </div>
        <div class="job-main">
          <LogView owner={["jobs", answer.type, answer.id]} attempts={answer.attempts.map(({ number }) => number)} choice={view} onChoice={choose} usual={usualStream(answer, view.attempt)} />
          <div class="job-strip">
            <Attempts view={view} answer={answer} onChoice={choose} />
            <Metrics metrics={answer.metrics} />
            {answer.resources === undefined ? null : <Resources resources={answer.resources} />}
            <Files answer={answer} />
          </div>
        </div>
      </div>
    </article>
  );
}

function present<N extends string, T>(name: N, value: T | undefined): Partial<Record<N, T>> {
  return value === undefined ? {} : ({ [name]: value } as Record<N, T>);
}
