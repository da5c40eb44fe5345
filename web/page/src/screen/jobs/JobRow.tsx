import { useRef } from "preact/hooks";
import { jobOf, type JobList } from "../../address/job";
import { Link } from "../../part/Link";
import { memo } from "../../part/memo";
import { Progress } from "../../part/Progress";
import { StateGlyph } from "../../part/StateGlyph";
import { exactTimeText, metricText, shortDurationText, valueOf } from "../../part/words";
import { useClock } from "../../part/clock";
import type { Row } from "../../wire/types";
import { valueIn, type Column } from "./columns";

export interface LineProperties {
  id: string; // of the element
  columns: readonly Column[];
  line: number; // from 1, for those who do not see the others
  isCursor: boolean;
  cell: number; // the column at the cursor; -1 if none
  isSelected: boolean;
}

interface Properties extends LineProperties {
  row: Row | undefined; // not yet read
  depth: number;
  list: JobList;
}

/** A job of the list. */
export const JobRow = memo(function JobRow({ id, row, depth, columns, line, isCursor, cell, isSelected, list }: Properties) {
  const changed = useChanged(row);
  const classes = ["line", "is-job", isCursor ? "cursor" : "", isSelected ? "selected" : "", changed].filter(Boolean).join(" ");
  return (
    <div id={id} class={classes} role="row" aria-level={depth + 1} aria-rowindex={line} aria-selected={isSelected} data-line={line - 1}>
      {row === undefined ? (
        <div role="gridcell" class="bone" aria-colspan={columns.length} aria-label="not drawn yet" />
      ) : (
        columns.map((column, index) => (
          <div key={column.kind + column.name} role="gridcell" class={`cell of-${column.kind}${index === cell ? " at" : ""}`} title={wholeText(column, row)}>
            {cellOf(column, row, isSelected, list)}
          </div>
        ))
      )}
    </div>
  );
});

/** Returns a class that fades once whenever the state of the same job has changed. */
function useChanged(row: Row | undefined): string {
  const last = useRef<{ job: string; state: string; times: number } | undefined>(undefined);
  const before = last.current;
  if (row !== undefined) {
    const isNews = before !== undefined && before.job === row.job && before.state !== row.state;
    const times = before?.job === row.job ? before.times + (isNews ? 1 : 0) : 0;
    last.current = { job: row.job, state: row.state, times };
  }
  const times = last.current?.times ?? 0;
  return times === 0 ? "" : `changed-${times % 2}`;
}

/*
 * What the cells hold. These are functions and not components, because a screen has hundreds of cells,
 * and each key in the filter draws them all again.
 */

/** Returns what a cell may have no room for; undefined if its content tells it by itself. */
function wholeText({ kind, name }: Column, row: Row): string | undefined {
  return kind === "value" || kind === "metric" ? valueOf(valueIn(row, name)) : undefined;
}

function cellOf(column: Column, row: Row, isSelected: boolean, list: JobList) {
  switch (column.kind) {
    case "select":
      return <input type="checkbox" tabIndex={-1} checked={isSelected} aria-label={`Select ${row.shortId}`} />;
    case "job":
      return nameOf(row, list);
    case "value":
      return valueOf(valueIn(row, column.name));
    case "metric":
      return metricText(valueIn(row, column.name));
    case "state":
      return column.tellsCause === true && isBad(row) && row.what !== "" ? whatOf(row) : stateOf(row);
    case "time":
      return timeOf(row);
    case "host":
      return row.host;
    case "what":
      return whatOf(row);
    case "done":
      return null;
  }
}

function isBad({ state }: Row): boolean {
  return state === "failed" || state === "corrupt";
}

/** Why a job has failed or waits, or what it does: one line. */
function whatOf(row: Row) {
  return (
    <span class={isBad(row) ? "is-failed" : ""} title={row.what}>
      {row.what}
    </span>
  );
}

function nameOf(row: Row, list: JobList) {
  return (
    <>
      <StateGlyph state={row.state} progress={row.progress} />{" "}
      <Link to={jobOf(list, row.job)} class="mono" tabIndex={-1}>
        {row.shortId}
      </Link>
      {row.pinned ? <span class="faint small" title="Nothing may clean it"> pinned</span> : null}
      {row.note === undefined ? null : <span class="faint small" title={row.note}> note</span>}
    </>
  );
}

function stateOf(row: Row) {
  return (
    <>
      <span class={isBad(row) ? "is-failed" : ""}>{row.state}</span>{" "}
      {row.state === "running" && row.progress !== undefined ? (
        <>
          <span class="percent">{Math.round(row.progress * 100)} %</span>
          <Progress progress={row.progress} />
        </>
      ) : null}
      {row.attempt > 1 || row.state === "failed" ? <span class="faint small">attempt {row.attempt}</span> : null}
    </>
  );
}

function timeOf(row: Row) {
  const began = row.started === undefined ? NaN : Date.parse(row.started);
  const title = Number.isNaN(began) ? "" : `began ${exactTimeText(new Date(began))}${row.ended === undefined ? "" : `, ended ${exactTimeText(new Date(row.ended))}`}`;
  if (row.state === "running" && !Number.isNaN(began)) {
    return <Since began={began} title={title} />;
  }
  return row.seconds === undefined ? null : <span title={title}>{shortDurationText(row.seconds)}</span>;
}

/** The time since a job began: alone drawn each second, and only for jobs that run. */
function Since({ began, title }: { began: number; title: string }) {
  const now = useClock();
  return <span title={title}>{shortDurationText(Math.max(0, (now - began) / 1000))}</span>;
}
