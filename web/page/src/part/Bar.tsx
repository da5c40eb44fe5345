import type { Counts, Phase } from "../wire/types";
import { countsText, PHASES } from "./words";
import "./StateBar.css";

interface Properties {
  counts: Counts;
  isTall?: boolean;
  onPhase: (phase: Phase, event: MouseEvent) => void;
}

/** The numbers of jobs by state as one bar. Its name says them; what a click on a segment does is for others to say. */
export function Bar({ counts, isTall = false, onPhase }: Properties) {
  return (
    <div class={`state-bar${isTall ? " tall" : ""}`} role="img" aria-label={countsText(counts)}>
      {PHASES.filter((phase) => (counts[phase] ?? 0) > 0).map((phase) => (
        <i key={phase} class={`is-${phase}`} style={{ flexGrow: String(counts[phase]) }} title={`${counts[phase]} ${phase}`} onClick={(event) => onPhase(phase, event)} />
      ))}
    </div>
  );
}
