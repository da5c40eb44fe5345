import { memo } from "../../part/memo";
import { StateBar } from "../../part/StateBar";
import { countsText, counted, metricText, numberText, rangeText, valueNamed, WORST_FIRST } from "../../part/words";
import type { Counts, Group, Phase } from "../../wire/types";
import type { Column } from "./columns";
import type { LineProperties } from "./JobRow";

interface Properties extends LineProperties {
  group: Group;
  name: string; // what its label is a value of
  isOpen: boolean;
}

/** A group of the list: its jobs by state, in one line. */
export const GroupRow = memo(function GroupRow({ id, group, name, isOpen, columns, line, isCursor, cell, isSelected }: Properties) {
  const classes = ["line", group.isLeaf ? "is-group" : "is-parent", isCursor ? "cursor" : "", isSelected ? "selected" : ""].filter(Boolean).join(" ");
  return (
    <div
      id={id}
      class={classes}
      role="row"
      aria-level={group.depth + 1}
      aria-rowindex={line}
      aria-expanded={group.isLeaf ? isOpen : true}
      aria-selected={isSelected}
      data-line={line - 1}
    >
      {columns.map((column, index) => (
        <div key={column.kind + column.name} role="gridcell" class={`cell of-${column.kind}${index === cell ? " at" : ""}`}>
          <Cell column={column} group={group} name={name} isOpen={isOpen} isSelected={isSelected} />
        </div>
      ))}
    </div>
  );
});

function Cell({ column, group, name, isOpen, isSelected }: Pick<Properties, "group" | "name" | "isOpen" | "isSelected"> & { column: Column }) {
  const { kind } = column;
  if (!group.isLeaf) {
    return kind === "job" ? <ParentLabel group={group} name={name} /> : kind === "state" ? <StateBar counts={group.counts} q={group.filter} /> : kind === "done" ? <Done group={group} /> : null;
  }
  switch (kind) {
    case "select":
      return <input type="checkbox" tabIndex={-1} checked={isSelected} aria-label={`Select ${counted(group.size, "job")}`} />;
    case "job":
      return (
        <>
          <span class={isOpen ? "twist open" : "twist"} />
          <Label group={group} name={name} />
        </>
      );
    case "value":
      return <span class="faint">{metricText(valueNamed(group.fixed, column.name))}</span>;
    case "metric":
      return <span title={`least – most of ${column.name}`}>{rangeText(valueNamed(group.ranges, column.name))}</span>;
    case "state":
      return <StateBar counts={group.counts} q={group.filter} />;
    case "done":
      return <Done group={group} />;
    case "what":
      return <Rest counts={group.counts} />;
    default:
      return null;
  }
}

function ParentLabel({ group, name }: { group: Group; name: string }) {
  return (
    <>
      <span class="strong">
        <Label group={group} name={name} />
      </span>{" "}
      <span class="faint">{numberText(group.size)}</span>
    </>
  );
}

/** A value, with its name unless it is that of a type, which everybody knows. */
function Label({ group, name }: { group: Group; name: string }) {
  if (group.isMissing) {
    return <span class="faint">{group.label}</span>;
  }
  if (name === "type") {
    return <span class={group.isLeaf ? "strong" : ""}>{group.label}</span>;
  }
  return (
    <span class="tag">
      <i>{name}=</i>
      {group.label === "" ? <span class="faint">none</span> : group.label}
    </span>
  );
}

function Done({ group }: { group: Group }) {
  return (
    <>
      {numberText(group.counts.done ?? 0)} <span class="faint">/ {numberText(group.size)}</span>
    </>
  );
}

const BAD: readonly Phase[] = ["failed", "corrupt"];

/** What is not done, in words; failures first. */
function Rest({ counts }: { counts: Counts }) {
  const bad = BAD.some((phase) => (counts[phase] ?? 0) > 0) ? countsText(counts, BAD) : "";
  const rest = WORST_FIRST.filter((phase) => !BAD.includes(phase) && phase !== "done" && (counts[phase] ?? 0) > 0);
  const words = rest.length === 0 ? "" : countsText(counts, rest);
  return (
    <span title={[bad, words].filter(Boolean).join(", ")}>
      {bad === "" ? null : <span class="is-failed strong">{bad}</span>}
      {bad !== "" && words !== "" ? ", " : ""}
      {words}
    </span>
  );
}
