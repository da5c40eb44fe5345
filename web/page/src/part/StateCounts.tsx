import { statesOf, toggledState } from "../address/filter";
import { filterOf } from "../address/view";
import { useStore } from "../store/use";
import type { Counts } from "../wire/types";
import { CountButtons } from "./CountButtons";

/** The numbers of jobs by state, as buttons that put the state into the filter. */
export function StateCounts({ counts }: { counts: Counts }) {
  const store = useStore();
  return (
    <CountButtons
      counts={counts}
      pressed={statesOf(filterOf(store.view.value))}
      onPhase={(phase, adds) => store.setFilter(toggledState(filterOf(store.view.peek()), phase, adds))}
    />
  );
}
