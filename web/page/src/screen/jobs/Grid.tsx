import { useEffect, useRef } from "preact/hooks";
import { listOf, type JobList } from "../../address/job";
import type { JobsView } from "../../address/view";
import { ALL } from "../../address/view";
import { ProblemNote } from "../../part/ProblemNote";
import { numberText } from "../../part/words";
import { useWindow } from "../../window/useWindow";
import type { Need, Rows, Shown } from "./shown";
import { PAGE, useHand, useRows } from "./shown";
import { columnsFor, nextSort, valueWidths, type Column } from "./columns";
import { GroupRow } from "./GroupRow";
import { JobRow } from "./JobRow";
import type { Layout } from "./layout";
import { useGridKeys, type GridPlace } from "./gridKeys";
import { useCursor } from "./cursor";
import { usePortions } from "./portion";
import { share } from "../../store/share";
import { useStore } from "../../store/use";

interface Properties {
  view: JobsView;
  shown: Shown;
  layout: Layout;
  isOpen: (key: string) => boolean;
  hand: ReturnType<typeof useHand>;
  tell: (news: GridNews) => void;
}

/** What the tools above the list say about it. */
export interface GridNews {
  changes: number; // that wait until the hand of the reader is gone
  hidden: number; // columns without a place
}

const HEAD = 30;
const ACTIONS = 46;

/** The jobs as a grid with one tab stop, of which only the visible lines exist. */
export function Grid({ view, shown, layout, isOpen, hand, tell }: Properties) {
  const store = useStore();
  const place = useRef<HTMLDivElement>(null);
  const { window, width, reveal } = useWindow(place, layout.count, { top: HEAD, bottom: ACTIONS });
  const rows = useRows(shown, needsOf(layout, window.first, window.last), hand.isHeld);
  const { columns, hidden } = useColumns(view, shown, rows, width);
  const list = useList(shown);
  const cursor = useCursor(view, layout, rows, reveal);
  const gridPlace: GridPlace = { view, shown, list, layout, rows, columns, cursor, isOpen };
  const does = useGridKeys(gridPlace);
  const changes = shown.changes + rows.changes;
  useEffect(() => tell({ changes, hidden }), [changes, hidden]);

  const mayDraw = usePortions();
  const selected = new Set(view.selected);
  const isAll = selected.has(ALL);
  const by = shown.answer?.by ?? [];
  const lines = [];
  for (let index = window.first; index < window.last; index++) {
    const line = layout.at(index);
    const shared = { id: `line-${index}`, columns, line: index + 2, isCursor: index === cursor.index, cell: index === cursor.index ? cursor.cell : -1 };
    if (line?.kind === "group") {
      const { group } = line;
      lines.push(
        <GroupRow key={group.key} {...shared} isSelected={isAll || does.isGroupSelected(group)} group={group} name={by[group.depth] ?? ""} isOpen={isOpen(group.key)} />,
      );
    } else if (line !== undefined) {
      const key = `${line.group?.key ?? ""} ${line.index}`;
      const found = rows.find(line.group?.key, line.index);
      const row = found !== undefined && (index === cursor.index || mayDraw(key)) ? found : undefined;
      const isSelected = isAll || (row !== undefined && selected.has(row.shortId));
      lines.push(<JobRow key={key} {...shared} isSelected={isSelected} row={row} depth={(line.group?.depth ?? -1) + 1} list={list} />);
    }
  }
  return (
    <>
      {rows.problem === undefined ? null : <ProblemNote problem={rows.problem.problem} again={rows.problem.of} />}
      <div
        class="grid"
        role="treegrid"
        aria-label="Jobs"
        aria-multiselectable="true"
        aria-rowcount={layout.count + 1}
        tabIndex={0}
        {...(cursor.index >= window.first && cursor.index < window.last ? { "aria-activedescendant": `line-${cursor.index}` } : {})}
        style={{ "--columns": columns.map((column) => column.track).join(" ") }}
        {...hand.on}
        onClick={(event) => does.click(event)}
      >
        <Head columns={columns} view={view} total={shown.answer?.selected ?? 0} isAll={isAll} sort={(sort) => store.replace(withSort(view, sort))} selectAll={does.selectAll} />
        {window.last - window.first < layout.count && (
          <p class="print-only">
            Lines {numberText(window.first + 1)} to {numberText(window.last)} of {numberText(layout.count)}: what was in sight.
          </p>
        )}
        <div ref={place} class="canvas" role="rowgroup" style={{ height: `${window.canvas}px` }}>
          <div class="drawn" role="presentation" style={{ transform: `translateY(${window.offset}px)` }}>
            {lines}
          </div>
        </div>
      </div>
    </>
  );
}

function withSort(view: JobsView, sort: string | undefined): JobsView {
  const { sort: _former, ...rest } = view;
  return sort === undefined ? rest : { ...rest, sort };
}

interface HeadProperties {
  columns: readonly Column[];
  view: JobsView;
  total: number;
  isAll: boolean;
  sort: (sort: string | undefined) => void;
  selectAll: () => void;
}

function Head({ columns, view, total, isAll, sort, selectAll }: HeadProperties) {
  return (
    <div class="line is-head" role="row" aria-rowindex={1}>
      {columns.map((column) => {
        const direction = view.sort === column.sort ? "ascending" : view.sort === `-${column.sort}` ? "descending" : undefined;
        return (
          <div key={column.kind + column.name} role="columnheader" class={`cell of-${column.kind}`} {...(direction && column.sort ? { "aria-sort": direction } : {})}>
            {column.kind === "select" ? (
              <input type="checkbox" checked={isAll} aria-label={`Select all ${total}`} onClick={(event) => event.stopPropagation()} onChange={selectAll} />
            ) : column.sort === undefined ? (
              column.title
            ) : (
              <button type="button" tabIndex={-1} title={`Sort by ${column.title}`} onClick={() => sort(nextSort(view.sort, column.sort ?? ""))}>
                {column.title}
                {direction === undefined || column.sort === undefined ? "" : direction === "ascending" ? " ↑" : " ↓"}
              </button>
            )}
          </div>
        );
      })}
    </div>
  );
}

/** Returns the pages of rows of the lines between two indices. */
function needsOf(layout: Layout, first: number, last: number): Need[] {
  const needs = new Map<string, Need>();
  for (let index = first; index < last; index++) {
    const line = layout.at(index);
    if (line?.kind === "job") {
      const need = { group: line.group?.key, from: line.index - (line.index % PAGE) };
      needs.set(`${need.from} ${need.group ?? ""}`, need);
    }
  }
  return [...needs.values()];
}

/** Returns the list as its jobs lead back to it, with the groups that the server has chosen; the same object while it is the same. */
function useList({ asked, answer }: Shown): JobList {
  const last = useRef<JobList>({});
  last.current = share(last.current, listOf({ ...asked, by: answer?.by ?? asked.by ?? [] }));
  return last.current;
}

/** Returns the columns that fit. Widths only grow, so that nothing moves while rows are read. */
function useColumns(view: JobsView, shown: Shown, rows: Rows, width: number): { columns: readonly Column[]; hidden: number } {
  const widths = useRef<ReadonlyMap<string, number>>(new Map());
  const answer = shown.answer;
  const isTypeKnown = answer === undefined || answer.by.includes("type");
  const names = [...(isTypeKnown ? [] : ["type"]), ...(view.cols ?? answer?.columns ?? [])];
  widths.current = valueWidths(names, rows.all(), widths.current, shown.groups);
  const now = columnsFor(width, names, answer?.metrics ?? [], widths.current);
  const last = useRef(now);
  if (JSON.stringify(last.current) !== JSON.stringify(now)) {
    last.current = now;
  }
  return last.current;
}
