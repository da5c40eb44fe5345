import type { ExperimentView } from "../../address/view";
import { Reading } from "../../part/Empty";
import { ProblemNote } from "../../part/ProblemNote";
import { counted } from "../../part/words";
import { useAnswer, useStore } from "../../store/use";
import { experimentQuestion } from "../../wire/questions";
import type { ExperimentAnswer } from "../../wire/types";
import { RunTable } from "./RunTable";

/** The runs of an experiment, the newest first. */
export function Experiment() {
  const store = useStore();
  const { experiment } = store.view.value as ExperimentView;
  const question = experimentQuestion(experiment);
  const { value, problem } = useAnswer<ExperimentAnswer>(question);
  if (value === undefined) {
    return problem === undefined ? <Reading what="the experiment" /> : <ProblemNote problem={problem} again={question} />;
  }
  return (
    <section aria-label="Runs">
      <div class="head">
        <h1>
          {value.name} <span>· {counted(value.runs.length, "run")}</span>
        </h1>
      </div>
      <RunTable entries={value.runs.map((run) => ({ run }))} />
    </section>
  );
}
