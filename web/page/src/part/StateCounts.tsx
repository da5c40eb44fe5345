import { statesOf, toggledState } from "../address/filter";
import { filterOf } from "../address/view";
import { useStore } from "../store/use";
import type { Counts, Phase } from "../wire/types";
import { StateGlyph } from "./StateGlyph";
import { numberText, WORST_FIRST } from "./words";
import "./StateCounts.css";

/** States that a reader looks for: they keep their places with the number 0. */
const ALWAYS: readonly Phase[] = ["failed", "running", "queued", "new", "done"];

/** The numbers of jobs by state, as buttons that put the state into the filter; Shift adds it. */
export function StateCounts({ counts }: { counts: Counts }) {
  const store = useStore();
  const pressed = statesOf(filterOf(store.view.value));
  const shown = WORST_FIRST.filter((phase) => (counts[phase] ?? 0) > 0 || ALWAYS.includes(phase));
  return (
    <div class="state-counts" role="group" aria-label="States">
      {shown.map((phase) => (
        <button
          key={phase}
          type="button"
          aria-pressed={pressed.includes(phase)}
          aria-label={`${numberText(counts[phase] ?? 0)} ${phase}`}
          title="Click: these alone. Shift and click: these too."
          onClick={(event) => store.setFilter(toggledState(filterOf(store.view.peek()), phase, event.shiftKey))}
        >
          <StateGlyph state={phase} progress={0.62} /> <b>{numberText(counts[phase] ?? 0)}</b> <span>{phase}</span>
        </button>
      ))}
    </div>
  );
}
