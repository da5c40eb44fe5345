import { withStates, stateOf } from "../address/filter";
import { filterOf } from "../address/view";
import { useStore } from "../store/use";
import type { Counts, Phase } from "../wire/types";
import { countsText, PHASES } from "./words";
import "./StateBar.css";

interface Properties {
  counts: Counts;
  /** A filter of these jobs, to which a click on a segment adds its state; the view's own if absent. */
  q?: string;
  isTall?: boolean;
}

/** The numbers of jobs by state as one bar. Its name says them; a segment filters when it is clicked. */
export function StateBar({ counts, q, isTall = false }: Properties) {
  const store = useStore();
  function filter(phase: Phase, event: Event): void {
    event.stopPropagation();
    store.setFilter(withStates(q ?? filterOf(store.view.peek()), [stateOf(phase)]));
  }
  return (
    <div class={`state-bar${isTall ? " tall" : ""}`} role="img" aria-label={countsText(counts)}>
      {PHASES.filter((phase) => (counts[phase] ?? 0) > 0).map((phase) => (
        <i key={phase} class={`is-${phase}`} style={{ flexGrow: String(counts[phase]) }} title={`${counts[phase]} ${phase}`} onClick={(event) => filter(phase, event)} />
      ))}
    </div>
  );
}
