import type { Scope } from "../../address/view";
import { Link } from "../../part/Link";
import { TagList } from "../../part/TagList";
import { useAnswer } from "../../store/use";
import { tableQuestion } from "../../wire/questions";
import type { TableAnswer } from "../../wire/types";
import { bestOf } from "./best";

const MOST = 6;

/** The best of each column of the run's table: means over replicates, never the luck of one seed. Nothing without a table. */
export function BestSoFar({ scope }: { scope: Scope }) {
  const { value } = useAnswer<TableAnswer>(tableQuestion({ screen: "table", scope }));
  const best = value === undefined ? [] : bestOf(value);
  const metric = value?.metrics[0] ?? "";
  return value === undefined || best.length === 0 ? null : (
    <section aria-label="Best so far">
      <div class="section-head">
        <h2>Best so far</h2>
        <span class="soft small">
          {value.lowest.includes(metric) ? "lowest" : "highest"} {metric}
          {value.over.length === 0 ? "" : `, mean over ${value.over.join(", ")}`}
        </span>
        <Link class="end soft small" to={{ screen: "table", scope }}>
          Table
        </Link>
      </div>
      <table class="best">
        <tbody>
          {best.slice(0, MOST).map(({ column, cell, tags, complete, all }) => (
            <tr key={column.join("\n")}>
              {column.length === 0 ? null : <td>{column.join(" ")}</td>}
              <td class="mono strong">{cell.text}</td>
              <td>
                <TagList tags={tags} most={4} />
              </td>
              <td class="number faint small">
                n = {cell.n}
                {complete === all ? "" : `, best of the ${complete} of ${all} that lack no value`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
