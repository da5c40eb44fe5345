import { metricText, valueOf } from "../../part/words";
import type { PointsAnswer } from "../../wire/types";
import { valuesOf } from "./points";

/** A metric against a tag as numbers. */
export function PointsTable({ answer }: { answer: PointsAnswer }) {
  const xs = valuesOf(answer);
  return (
    <div class="inset scroll">
      <table>
        <caption class="unseen">
          {answer.metric} against {answer.x}
        </caption>
        <thead>
          <tr>
            <th scope="col">{answer.x}</th>
            {answer.series.map((series) => (
              <th key={series.label} scope="col" class="number">
                {series.label === "" ? answer.metric : series.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {xs.map((x) => (
            <tr key={valueOf(x)}>
              <th scope="row" class="mono">
                {valueOf(x)}
              </th>
              {answer.series.map((series) => {
                const point = series.points.find((one) => valueOf(one.x) === valueOf(x));
                return (
                  <td key={series.label} class="number mono">
                    {point === undefined ? <span class="faint">none</span> : metricText(point.mean ?? (point.n === 1 ? point.low : undefined))}
                    {point === undefined || point.n >= point.expected ? null : <span class="is-queued"> n = {point.n}</span>}
                    {point === undefined || point.n < 2 ? null : (
                      <span class="faint">
                        {" "}
                        {metricText(point.low)} – {metricText(point.high)}
                      </span>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {answer.series.some((series) => series.points.some((point) => point.n > 1)) ? <p class="faint small">Behind a mean: the least and the most value.</p> : null}
    </div>
  );
}
