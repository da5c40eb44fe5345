/** What the marks of the timeline mean, and the keys that move in it. */
export function TimelineKeys() {
  return (
    <div class="timeline-legend small soft">
      {(["done", "running", "failed", "forecast", "waits", "critical"] as const).map((kind) => (
        <span key={kind}>
          <i class={`swatch is-${kind}`} aria-hidden="true" /> {WORDS[kind]}
        </span>
      ))}
      <span class="wide-only">
        <kbd>h</kbd> <kbd>l</kbd> through time, <kbd>j</kbd> <kbd>k</kbd> through lanes, <kbd>+</kbd> <kbd>-</kbd> zoom, <kbd>↵</kbd> opens
      </span>
    </div>
  );
}

const WORDS = { done: "done", running: "running", failed: "failed, with ×", forecast: "forecast", waits: "waits", critical: "on the critical path" };
