import { metricText } from "../../part/words";
import type { Value } from "../../wire/types";

/** The metrics that a job has told, each by its last value. */
export function Metrics({ metrics }: { metrics: Record<string, Value> }) {
  const all = Object.entries(metrics);
  return (
    <section aria-label="Metrics">
      <div class="section-head">
        <h2>Metrics</h2>
        <span class="end faint small">{all.length === 0 ? "" : "last values"}</span>
      </div>
      {all.length === 0 ? (
        <p class="soft small">
          It has told no metric yet: <code>context.metric(name, value)</code>
        </p>
      ) : (
        <dl class="metrics">
          {all.map(([name, value]) => (
            <div key={name}>
              <dt class="cut">{name}</dt>
              <dd class="mono">{metricText(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
