import { durationText, sizeText } from "../../part/words";
import type { ExportedRows } from "../data/rows";
import { valuesOf } from "../filter/bind";
import { kindOf, nameOf } from "../filter/names";

/** A column of the list of jobs, by a name of filters. */
export interface ListColumn {
  name: string;
  isNumber: boolean;
  text: (row: number) => string;
}

const MOST_TAGS = 8;
const MOST_METRICS = 5;
const FIELDS = ["time", "host", "age", "attempt", "launcher", "cause", "pinned", "removed", "note", "cpu", "gc", "memory"];

/** Returns the names of the columns that are shown unless the reader chooses. */
export function usualColumns(rows: ExportedRows): string[] {
  const { tagChoices, metrics } = rows.head;
  const shown = [...metrics, ...rows.metricNames.filter((name) => !metrics.includes(name))].slice(0, MOST_METRICS);
  return [...tagChoices.slice(0, MOST_TAGS).map((name) => rows.nameOfTag(name)), ...shown.map((name) => nameOfMetric(rows, name)), "time", "host"];
}

/** Returns the names of all columns, those that are usual first. */
export function allColumns(rows: ExportedRows): string[] {
  const names = [
    ...usualColumns(rows),
    ...rows.tagNames.map((name) => rows.nameOfTag(name)),
    ...rows.metricNames.map((name) => nameOfMetric(rows, name)),
    ...FIELDS,
    ...rows.parameterNames.map((name) => `param.${name}`),
  ];
  return [...new Set(names)];
}

function nameOfMetric(rows: ExportedRows, name: string): string {
  return nameOf(name).scope === "any" && rows.tag(name) === undefined ? name : `metric.${name}`;
}

/** Returns the columns of names, without those that no job has. */
export function columnsOf(rows: ExportedRows, names: readonly string[]): ListColumn[] {
  return names.flatMap((name) => {
    const values = valuesOf(name, rows);
    if (values === undefined) {
      return [];
    }
    const kind = kindOf(nameOf(name));
    const isAmount = kind === "duration" || kind === "size";
    const isMetric = rows.metricNames.some((metric) => nameOfMetric(rows, metric) === name);
    return [
      {
        name,
        isNumber: isAmount || isMetric,
        text(row: number) {
          const value = values(row);
          if (value === undefined) {
            return "";
          }
          if (typeof value === "number") {
            return kind === "size" ? sizeText(value) : durationText(Math.max(0, value) / 1000);
          }
          return "text" in value ? (isMetric ? shortNumber(value.text) : value.text) : value.join("; ");
        },
      },
    ];
  });
}

/** Returns a measured number with six digits. */
function shortNumber(text: string): string {
  const number = Number(text);
  return Number.isFinite(number) && text.length > 8 ? String(Number(number.toPrecision(6))) : text;
}
