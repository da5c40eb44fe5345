import { useMemo, useState } from "preact/hooks";
import { termsOf, without } from "../../address/filter";
import type { JobsView } from "../../address/view";
import { CommandLine } from "../../part/CommandLine";
import { Empty, Reading } from "../../part/Empty";
import { ProblemNote } from "../../part/ProblemNote";
import { counted } from "../../part/words";
import { useStore } from "../../store/use";
import type { JobsAnswer } from "../../wire/types";
import { ActionBar } from "./ActionBar";
import { Grid, type GridNews } from "./Grid";
import { flatLayout, layoutOf, openTest } from "./layout";
import { useGroups, useHand } from "./shown";
import { Tools } from "./Tools";
import "./Jobs.css";

/** The jobs of a run, or of all runs: groups, and the jobs of those that are open. */
export function Jobs() {
  const store = useStore();
  const view = store.view.value as JobsView;
  const hand = useHand();
  const shown = useGroups(view, hand.isHeld);
  const [news, setNews] = useState<GridNews>({ changes: 0, hidden: 0 });
  const { answer, groups, problem } = shown;
  const selected = answer?.selected ?? 0;
  const changed = store.run.value?.changed ?? 0;
  const isOpen = useMemo(() => openTest(view.open, selected), [view.open?.join(" "), selected]);
  const isFlat = answer?.by.length === 0;
  const layout = useMemo(() => (isFlat ? flatLayout(selected) : layoutOf(groups, isOpen)), [isFlat, selected, groups, isOpen]);

  if (answer === undefined) {
    return problem === undefined ? <Reading what="the jobs" /> : <ProblemNote problem={problem} {...(problem.at === undefined ? { again: shown.asking } : {})} />;
  }
  return (
    <section aria-label="Jobs" class="jobs">
      <h1 class="unseen">Jobs</h1>
      {problem === undefined || problem.at !== undefined ? null : <ProblemNote problem={problem} again={shown.asking} />}
      <Tools view={view} shown={shown} answer={answer} news={news} release={hand.release} />
      {changed === 0 ? null : <p class="soft small">States of now: {counted(changed, "job")} had another one when this run ended.</p>}
      {answer.selected === 0 ? (
        <NoMatch answer={answer} q={view.q ?? ""} />
      ) : (
        <Grid view={view} shown={shown} layout={layout} isOpen={isOpen} hand={hand} tell={setNews} />
      )}
      <ActionBar view={view} asked={shown.asked} total={answer.selected} />
    </section>
  );
}

/** That no job matches, and what would select some. */
function NoMatch({ answer, q }: { answer: JobsAnswer; q: string }) {
  const store = useStore();
  if (answer.total === 0) {
    return (
      <Empty title="There are no jobs here">
        <p>They appear here as soon as a plan submits one.</p>
      </Empty>
    );
  }
  const terms = termsOf(q);
  return (
    <Empty title="Nothing matches">
      <p>
        No job of {counted(answer.total, "job").replace(/ jobs?$/, "")} matches <span class="mono">{q}</span>. {answer.advice.map((advice) => `${advice.replace(/\.$/, "")}. `)}
      </p>
      <div class="drop-terms">
        {terms.map((term) => (
          <button key={term} type="button" class="button" onClick={() => store.setFilter(without(q, term))}>
            Drop <span class="mono">{term}</span>
          </button>
        ))}
      </div>
      <CommandLine command={answer.command} />
    </Empty>
  );
}
