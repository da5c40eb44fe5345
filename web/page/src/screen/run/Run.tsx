import type { RunView } from "../../address/view";
import { Empty, Reading } from "../../part/Empty";
import { lazy } from "../../part/lazy";
import { ProblemNote } from "../../part/ProblemNote";
import { useAnswer, useStore } from "../../store/use";
import { besideQuestion, runQuestion } from "../../wire/questions";
import type { BesideAnswer, RunAnswer } from "../../wire/types";
import { CommandLine } from "../../part/CommandLine";
import { BestSoFar } from "./BestSoFar";
import { RunHead } from "./RunHead";
import { Failures, NotRunning } from "./Reasons";
import { Running } from "./Running";
import { TypeTable } from "./TypeTable";
import "./Run.css";

const Beside = lazy(() => import("./Beside").then((module) => module.Beside));

/** A run in one look: is it going well, when can I look, what failed, and why does the rest wait. */
export function Run() {
  const store = useStore();
  const view = store.view.value as RunView;
  const question = runQuestion(view.scope);
  const { value, problem } = useAnswer<RunAnswer>(question);
  const beside = useAnswer<BesideAnswer>(besideQuestion(view.scope)).value;
  if (value === undefined) {
    return problem === undefined ? <Reading what="the run" /> : <ProblemNote problem={problem} again={question} />;
  }
  return (
    <section aria-label="Run" class="run">
      {problem === undefined ? null : <ProblemNote problem={problem} again={question} />}
      <RunHead answer={value} scope={view.scope} />
      {beside === undefined || beside.actions.length + beside.services.length + beside.problems.length === 0 ? null : <Beside view={view} answer={beside} />}
      {value.total === 0 ? (
        <Empty title="This run has no jobs">
          <p>They appear here as soon as the plan submits one.</p>
        </Empty>
      ) : (
        <>
          <TypeTable types={value.types} scope={view.scope} />
          <div class="two">
            <div>
              <Failures groups={value.failures} scope={view.scope} />
              <NotRunning groups={value.waiting} scope={view.scope} />
            </div>
            <div>
              <Running jobs={value.running} total={value.runningTotal} scope={view.scope} />
              {(value.run.counts.done ?? 0) > 0 && <BestSoFar scope={view.scope} />}
              <div class="run-command">
                <CommandLine label="The same in a shell" command={value.command} />
              </div>
            </div>
          </div>
        </>
      )}
    </section>
  );
}
