import type { ComponentChildren, VNode } from "preact";
import { StateGlyph } from "../../part/StateGlyph";
import { numberText } from "../../part/words";
import "../../part/TagList.css";
import type { TableAnswer, TableCell } from "../../wire/types";
import { columnHeadings, meanAndHalf, placedCells, rowHeadings, statesOf, type Placed } from "./layout";

/** Makes the link to the jobs that a filter selects. */
export type Lead = (filter: string, title: string, children: ComponentChildren) => VNode;

/** The table itself. Each cell leads to its jobs. */
export function PaperTable({ lead, answer }: { lead: Lead; answer: TableAnswer }) {
  const headings = rowHeadings(answer);
  return (
    <table class="paper-table">
      <ColumnHeads answer={answer} />
      <tbody>
        {answer.lines.map((line, index) => (
          <tr key={line.label.join("\u0000")} class={headings[index]?.[0] !== undefined && answer.rows.length > 1 ? "begins" : undefined}>
            {headings[index]?.map((heading, level) =>
              heading === undefined ? null : (
                <th key={level} scope={heading.span > 1 ? "rowgroup" : "row"} rowSpan={heading.span} class="mono">
                  {heading.text}
                </th>
              ),
            )}
            {placedCells(answer, line.cells).map((placed, at) => (
              <Cell key={at} placed={placed} lead={lead} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ColumnHeads({ answer }: { answer: TableAnswer }) {
  const levels = columnHeadings(answer);
  const corner = answer.rows.map((name) => (
    <th key={name} scope="col" rowSpan={levels.length + 1} class="label">
      {name}
    </th>
  ));
  return (
    <thead>
      {levels.map((level, index) => (
        <tr key={index}>
          {index === 0 && corner}
          {level.map((heading, at) => (
            <th key={at} scope="colgroup" colSpan={heading.span} class="begins-group">
              <span class="tag">
                <i>{answer.cols[index]}=</i>
                {heading.text}
              </span>
            </th>
          ))}
        </tr>
      ))}
      <tr>
        {levels.length === 0 && corner}
        {answer.columns.map((column, at) => (
          <th key={at} scope="col" class={isGroupBegin(answer, at) ? "begins-group" : undefined}>
            {column.metric}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function isGroupBegin(answer: TableAnswer, at: number): boolean {
  const former = answer.columns[at - 1]?.label ?? [];
  return at === 0 || answer.columns[at]?.label.some((label, level) => label !== former[level]) === true;
}

function Cell({ placed, lead }: { placed: Placed; lead: Lead }) {
  const { cell, span, beginsGroup } = placed;
  const classes = [beginsGroup ? "begins-group" : "", cell.isBest ? "best" : "", cell.n === 0 ? "no-value" : ""];
  return (
    <td colSpan={span} class={classes.filter((name) => name !== "").join(" ") || undefined}>
      {lead(cell.filter, titleOf(cell), cell.n === 0 ? <States cell={cell} /> : <Values cell={cell} />)}
    </td>
  );
}

function Values({ cell }: { cell: TableCell }) {
  const { mean, half } = meanAndHalf(cell.text);
  return (
    <>
      {cell.isBest && <i aria-label="best">▲</i>}
      {cell.isNear && !cell.isBest && <i aria-label="not significantly worse">≈</i>}
      {mean}
      <small>{half === "" ? "" : `±${half}`}</small>
      <sup class={cell.missing > 0 ? "too-few" : undefined}>{cell.n}</sup>
    </>
  );
}

function States({ cell }: { cell: TableCell }) {
  const states = statesOf(cell.states);
  return states.length === 0 ? (
    <span class="faint">–</span>
  ) : (
    <>
      {states.map(({ phase, count }) => (
        <span key={phase}>
          <StateGlyph state={phase} /> {numberText(count)} {phase}
        </span>
      ))}
    </>
  );
}

function titleOf(cell: TableCell): string {
  const missing = cell.missing === 0 ? "" : `, ${cell.missing} missing`;
  return `${cell.n} of ${cell.n + cell.missing}${missing}: ${cell.filter}`;
}
