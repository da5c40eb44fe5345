import { jobOf, partsOf } from "../../address/job";
import { useState } from "preact/hooks";
import type { JobView } from "../../address/view";
import { useKeys } from "../../keys/use";
import { Link } from "../../part/Link";
import type { ParameterNode } from "../../wire/types";
import { parameterRows, setTotal, type ParameterRow } from "./parameters";

/** The parameters of a job. What is documented about the one at the cursor stands below the tree, always in one place. */
export function ParameterTree({ nodes, view }: { nodes: readonly ParameterNode[]; view: JobView }) {
  const [isOnlySet, setOnlySet] = useState(false);
  const [at, setAt] = useState<string | null>(null);
  const all = parameterRows(nodes);
  const rows = isOnlySet ? parameterRows(nodes, true) : all;
  const index = rows.findIndex((row) => row.path === at);
  const row = rows[index];

  function move(by: 1 | -1): void | false {
    if (isInLog()) {
      return false;
    }
    const next = rows[index < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, index + by))];
    setAt(next?.path ?? null);
    document.getElementById(idOf(next))?.scrollIntoView({ block: "nearest" });
  }
  useKeys({ down: () => move(1), up: () => move(-1) });

  return (
    <section aria-label="Parameters">
      <div class="section-head">
        <h2>Parameters</h2>
        <span class="segments" role="group" aria-label="Which parameters">
          <button aria-pressed={!isOnlySet} onClick={() => setOnlySet(false)}>
            All {all.length}
          </button>
          <button aria-pressed={isOnlySet} onClick={() => setOnlySet(true)}>
            Set {setTotal(all)}
          </button>
        </span>
      </div>
      <ul class="parameters" role="tree" aria-label="Parameters" tabIndex={0} aria-activedescendant={row === undefined ? undefined : idOf(row)}>
        {rows.map((one) => (
          <Parameter key={one.path} row={one} isAt={one.path === at} view={view} onAt={() => setAt(one.path)} />
        ))}
      </ul>
      {rows.length === 0 && <p class="soft">{nodes.length === 0 ? "It has no parameters." : "All have their defaults."}</p>}
      <Documentation row={row} />
    </section>
  );
}

function Parameter({ row, isAt, view, onAt }: { row: ParameterRow; isAt: boolean; view: JobView; onAt: () => void }) {
  return (
    <li
      id={idOf(row)}
      role="treeitem"
      aria-level={row.depth + 1}
      aria-selected={isAt}
      class={[isAt ? "at" : "", row.isSet ? "is-set" : ""].join(" ").trim() || undefined}
      style={{ "--depth": String(row.depth) }}
      onClick={onAt}
    >
      <span class="parameter-name cut">{row.name}</span>
      <span class={row.isTag ? "cut strong" : "cut"}>
        {row.producer === undefined ? (
          row.value
        ) : (
          <Link to={jobOf(view, row.producer.job)}>
            {partsOf(row.producer.job).type}/{row.producer.shortId}
          </Link>
        )}
      </span>
      <span class="parameter-note">{row.note}</span>
    </li>
  );
}

function Documentation({ row }: { row: ParameterRow | undefined }) {
  return (
    <p class="parameter-documentation" role="status">
      {row === undefined ? (
        <span class="faint">Documentation of the parameter that you choose.</span>
      ) : (
        <>
          <b>{row.name}</b> {row.type !== undefined && <span class="mono faint">{row.type} </span>}
          {row.whole !== row.value && <span class="mono parameter-whole">{row.whole} </span>}
          {row.documentation ?? <span class="faint">No documentation.</span>}
        </>
      )}
    </p>
  );
}

function idOf(row: ParameterRow | undefined): string {
  return `parameter ${row?.path ?? ""}`.replaceAll(" ", "-");
}

/** In a log, the arrows are those of the browser. */
function isInLog(): boolean {
  return document.activeElement instanceof HTMLElement && document.activeElement.closest("[data-log]") !== null;
}
