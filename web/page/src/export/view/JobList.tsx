import { useEffect, useRef, useState } from "preact/hooks";
import { useKeys } from "../../keys/use";
import { Choices } from "../../part/Choices";
import { StateGlyph } from "../../part/StateGlyph";
import { counted } from "../../part/words";
import { useWindow } from "../../window/useWindow";
import { allColumns, columnsOf, usualColumns, type ListColumn } from "./columns";
import { useModel } from "./model";
import { ShortId } from "./ShortId";

const COVERS = { top: 56, bottom: 8 };
/** Rows that are printed: more than that is no paper's. */
const MOST_PRINTED = 1000;

/** The selected jobs, of which only those in sight are drawn. */
export function JobList() {
  const model = useModel();
  const { rows, place } = model;
  const names = place.value.columns ?? usualColumns(rows);
  const columns = columnsOf(rows, names);
  const selected = model.selected.value;
  const [isOpen, setOpen] = useState(false);
  const cursor = useCursor(selected);
  const body = useRef<HTMLDivElement>(null);
  const isPrinted = useIsPrinted();
  const { window: seen, reveal } = useWindow(body, selected.length, COVERS);
  const shown = isPrinted ? { first: 0, last: Math.min(selected.length, MOST_PRINTED), canvas: 0, offset: 0 } : seen;
  const open = (row: number): void => model.go({ job: rows.name(row) });
  const move = (by: number): void => {
    const next = Math.max(0, Math.min(selected.length - 1, cursor.index + by));
    cursor.set(selected[next] ?? 0);
    reveal(next);
    // Enter is for the job then, and not for a link that was pressed before.
    body.current?.closest<HTMLElement>("[role=grid]")?.focus({ preventScroll: true });
  };
  useKeys({
    down: () => move(1),
    up: () => move(-1),
    first: () => move(-selected.length),
    last: () => move(selected.length),
    open: () => (selected.length === 0 ? false : open(selected[Math.max(0, cursor.index)] ?? 0)),
  });
  const template = `30px minmax(150px, 1.4fr) ${columns.map((column) => (column.isNumber ? "96px" : "minmax(72px, 130px)")).join(" ")} minmax(160px, 2fr)`;
  return (
    <section aria-label="Jobs">
      <div class="tools export-tools">
        <span class="soft">{counted(selected.length, "job")}</span>
        <Choices word="Columns" chosen={names} offered={allColumns(rows)} isOpen={isOpen} setOpen={setOpen} onChoice={(chosen) => model.go({ columns: chosen })} />
      </div>
      <div class="export-list">
        <div role="grid" aria-label="Jobs" aria-rowcount={selected.length + 1} tabIndex={0}>
          <Heading columns={columns} template={template} />
          <div role="rowgroup" class="canvas" ref={body} style={isPrinted ? {} : { height: `${seen.canvas}px` }}>
            <div role="presentation" class={isPrinted ? "" : "drawn"} style={isPrinted ? {} : { transform: `translateY(${shown.offset}px)` }}>
              {selected.slice(shown.first, shown.last).map((row, index) => (
                <Line key={row} row={row} index={shown.first + index} columns={columns} template={template} isCursor={row === cursor.row} open={open} />
              ))}
            </div>
          </div>
        </div>
      </div>
      {selected.length === 0 ? <p class="inset soft">No job is selected by this filter.</p> : null}
      {isPrinted && selected.length > MOST_PRINTED ? <p>And {counted(selected.length - MOST_PRINTED, "more job")}, which are not printed.</p> : null}
    </section>
  );
}

function Heading({ columns, template }: { columns: readonly ListColumn[]; template: string }) {
  const model = useModel();
  const { sort } = model.place.value;
  return (
    <div role="row" class="line is-head" style={{ gridTemplateColumns: template }}>
      <Sorter name="state" word="" label="State" sort={sort} />
      <Sorter name="type" word="Job" sort={sort} />
      {columns.map(({ name, isNumber }) => (
        <Sorter key={name} name={name} word={name} sort={sort} isNumber={isNumber} />
      ))}
      <Sorter name="error" word="What" sort={sort} />
    </div>
  );
}

function Sorter({ name, word, label, sort, isNumber = false }: { name: string; word: string; label?: string; sort: string; isNumber?: boolean }) {
  const model = useModel();
  const direction = sort === name ? "ascending" : sort === `-${name}` ? "descending" : "none";
  const next = direction === "none" ? name : direction === "ascending" ? `-${name}` : "";
  return (
    <span role="columnheader" aria-sort={direction} class={isNumber ? "cell number" : "cell"}>
      <button type="button" title={`Sort by ${label ?? word}`} aria-label={`Sort by ${label ?? word}`} onClick={() => model.go({ sort: next })}>
        {word === "" ? "◐" : word}
        {direction === "none" ? "" : direction === "ascending" ? " ↑" : " ↓"}
      </button>
    </span>
  );
}

interface LineProperties {
  row: number;
  index: number;
  columns: readonly ListColumn[];
  template: string;
  isCursor: boolean;
  open: (row: number) => void;
}

function Line({ row, index, columns, template, isCursor, open }: LineProperties) {
  const { rows } = useModel();
  const what = rows.text("what", row) ?? "";
  return (
    <div role="row" aria-rowindex={index + 2} class={isCursor ? "line cursor" : "line"} style={{ gridTemplateColumns: template }} onClick={() => open(row)}>
      <span role="gridcell" class="cell">
        <StateGlyph state={rows.phase(row)} progress={rows.number("progress", row)} named />
      </span>
      <span role="gridcell" class="cell">
        {rows.text("type", row) ?? ""} <ShortId id={rows.text("id", row) ?? ""} />
      </span>
      {columns.map((column) => {
        const text = column.text(row);
        return (
          <span key={column.name} role="gridcell" class={column.isNumber ? "cell mono number" : "cell mono"} title={text}>
            {text}
          </span>
        );
      })}
      <span role="gridcell" class="cell small soft" title={what}>
        {what}
      </span>
    </div>
  );
}

/** The row at the keyboard's cursor, which stays at its job while others come and go. */
function useCursor(selected: readonly number[]): { row: number; index: number; set: (row: number) => void } {
  const [row, set] = useState(-1);
  return { row, index: row < 0 ? -1 : selected.indexOf(row), set };
}

function useIsPrinted(): boolean {
  const [isPrinted, set] = useState(false);
  useEffect(() => {
    const query = matchMedia("print");
    const change = (): void => set(query.matches);
    query.addEventListener("change", change);
    return () => query.removeEventListener("change", change);
  }, []);
  return isPrinted;
}
