import type { Phase } from "../wire/types";
import "./StateGlyph.css";

/** The shapes of all states, once a page: a state has a shape first, and a colour second. */
export function Glyphs() {
  return (
    <svg class="glyphs" width="0" height="0" aria-hidden="true">
      <defs>
        <symbol id="glyph-new" viewBox="0 0 14 14">
          <circle cx="7" cy="7" r="5.6" fill="none" stroke="currentColor" stroke-width="1.4" stroke-dasharray="2.2 2.2" />
        </symbol>
        <symbol id="glyph-queued" viewBox="0 0 14 14">
          <circle cx="7" cy="7" r="5.7" fill="none" stroke="currentColor" stroke-width="1.5" />
          <path d="M7 3.9V7.2L9.1 8.6" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round" />
        </symbol>
        <symbol id="glyph-running" viewBox="0 0 14 14">
          <circle cx="7" cy="7" r="5.9" fill="none" stroke="currentColor" stroke-width="1.5" />
          <circle class="pie" cx="7" cy="7" r="1.9" fill="none" stroke="currentColor" stroke-width="3.8" pathLength="100" transform="rotate(-90 7 7)" />
        </symbol>
        <symbol id="glyph-done" viewBox="0 0 14 14">
          <circle cx="7" cy="7" r="6.6" fill="currentColor" />
          <path class="cut-out" d="M4.2 7.3l2 2 3.6-4.2" fill="none" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" />
        </symbol>
        <symbol id="glyph-failed" viewBox="0 0 14 14">
          <path d="M4.3.6h5.4l3.7 3.7v5.4l-3.7 3.7H4.3L.6 9.7V4.3z" fill="currentColor" />
          <path class="cut-out" d="M4.8 4.8l4.4 4.4M9.2 4.8L4.8 9.2" stroke-width="1.6" stroke-linecap="round" />
        </symbol>
        <symbol id="glyph-corrupt" viewBox="0 0 14 14">
          <path d="M7 1.2L13.4 12.6H.6z" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round" />
          <path d="M7 5.2v3.4M7 10.4v.6" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" />
        </symbol>
        <symbol id="glyph-skipped" viewBox="0 0 14 14">
          <circle cx="7" cy="7" r="5.7" fill="none" stroke="currentColor" stroke-width="1.4" />
          <path d="M3.2 10.8l7.6-7.6" stroke="currentColor" stroke-width="1.4" />
        </symbol>
      </defs>
    </svg>
  );
}

/** The shape of a state; with `named`, also its word for those who do not see it. */
export function StateGlyph({ state, progress, named = false }: { state: Phase; progress?: number | undefined; named?: boolean }) {
  const shape = state === "starting" ? "queued" : state;
  const style = state === "running" ? { "--state-pie": String(Math.round((progress ?? 0.4) * 100)) } : {};
  return (
    <svg class={`glyph is-${state}`} style={style} {...(named ? { role: "img", "aria-label": state } : { "aria-hidden": "true" })}>
      <use href={`#glyph-${shape}`} />
    </svg>
  );
}
