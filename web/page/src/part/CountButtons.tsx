import type { Counts, Phase } from "../wire/types";
import { StateGlyph } from "./StateGlyph";
import { numberText, WORST_FIRST } from "./words";
import "./StateCounts.css";

/** States that a reader looks for: they keep their places with the number 0. */
const ALWAYS: readonly Phase[] = ["failed", "running", "queued", "new", "done"];

interface Properties {
  counts: Counts;
  pressed: readonly string[]; // states
  onPhase: (phase: Phase, adds: boolean) => void;
}

/** The numbers of jobs by state, as buttons; Shift adds a state. */
export function CountButtons({ counts, pressed, onPhase }: Properties) {
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
          onClick={(event) => onPhase(phase, event.shiftKey)}
        >
          <StateGlyph state={phase} progress={0.62} /> <b>{numberText(counts[phase] ?? 0)}</b> <span>{phase}</span>
        </button>
      ))}
    </div>
  );
}
