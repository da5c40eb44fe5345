import { withStates } from "../address/filter";
import { filtered, filterOf, type View } from "../address/view";
import { useStore } from "../store/use";
import type { Counts, Phase } from "../wire/types";
import { Bar } from "./Bar";
import { isPlainClick } from "./Link";

interface Properties {
  counts: Counts;
  /** A filter of these jobs, to which a click on a segment adds its state; the view's own if absent. */
  q?: string;
  /** The view of these jobs, if it is another one: the bar stands in a link to it. */
  to?: View;
  isTall?: boolean;
}

/** The numbers of jobs by state as one bar. Its name says them; a segment filters when it is clicked. */
export function StateBar({ counts, q, to, isTall = false }: Properties) {
  const store = useStore();
  function filter(phase: Phase, event: MouseEvent): void {
    if (to !== undefined && !isPlainClick(event)) {
      return; // the link opens a new tab
    }
    event.preventDefault();
    event.stopPropagation();
    const states = withStates(q ?? filterOf(to ?? store.view.peek()), [phase]);
    if (to === undefined) {
      store.setFilter(states);
    } else {
      store.go(filtered(to, states));
    }
  }
  return <Bar counts={counts} isTall={isTall} onPhase={filter} />;
}
