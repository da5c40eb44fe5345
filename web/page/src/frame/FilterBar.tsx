import { filterOf, scopeOf, type View } from "../address/view";
import { Filter } from "../part/Filter";
import { StateCounts } from "../part/StateCounts";
import { useAnswer, useStore } from "../store/use";
import { groupsQuestion } from "../wire/questions";
import type { JobsAnswer } from "../wire/types";

/** The screens that show the jobs of a filter, or lead to them. */
const FILTERED: readonly View["screen"][] = ["run", "jobs", "table", "charts", "timeline", "graph"];

/** The filter and the numbers by state: the same for all views of the jobs. */
export function FilterBar() {
  const store = useStore();
  const view = store.view.value;
  if (!FILTERED.includes(view.screen)) {
    return null;
  }
  const scope = scopeOf(view);
  // A new run has other counts: those of the former one do not stay.
  return <Bar key={scope === undefined ? "" : `${scope.experiment}/${scope.run}`} />;
}

function Bar() {
  const store = useStore();
  const view = store.view.value;
  const scope = scopeOf(view);
  const q = filterOf(view);
  const grouping = view.screen === "jobs" ? { ...(view.by && { by: view.by }), ...(view.sort && { sort: view.sort }) } : {};
  const asks = view.screen !== "run" || scope === undefined;
  const answer = useAnswer<JobsAnswer>(asks ? groupsQuestion({ ...(scope && { scope }), q, ...grouping }) : undefined);
  const counts = asks ? answer.value?.allCounts : store.run.value?.run.counts;
  return (
    <div class="filter-bar" role="search" aria-label="Jobs that are shown">
      <Filter columns={answer.value?.columns ?? []} problem={answer.problem?.at === undefined ? undefined : answer.problem} />
      <StateCounts counts={counts ?? {}} />
    </div>
  );
}
