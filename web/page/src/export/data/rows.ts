import type { Phase } from "../../wire/types";
import { nameOf } from "../filter/names";
import { Column, perValue } from "./column";
import { after, firstStep, partOf, valueOfParameter, valueOfPacked, type ExportedValue } from "./value";
import type { ExportedAttempt, ExportedData, ExportedHead, NamedColumn } from "./wire";

/** The value of a name, by row; undefined for a row without one. */
export type Getter = (row: number) => ExportedValue | undefined;

/** The rows of an export: a job with a set of tags each, numbered in the order of submission. */
export class ExportedRows {
  readonly head: ExportedHead;
  readonly size: number;
  readonly now: number;
  readonly tagNames: readonly string[];
  readonly metricNames: readonly string[];
  readonly parameterNames: readonly string[];
  private readonly fields: Map<string, Column>;
  private readonly tags: Map<string, Column>;
  private readonly metrics: Map<string, Column>;
  private readonly parameters: Map<string, Column>;
  private readonly needed: Column;
  private readonly attemptLists: Column;
  private readonly logs: Column;
  private users: Map<number, number[]> | undefined;

  constructor(data: ExportedData) {
    this.head = data.head;
    this.size = data.head.size;
    this.now = Date.parse(data.head.at);
    const columns = (named: NamedColumn[]): Map<string, Column> => new Map(named.map(([name, column]) => [name, new Column(column, this.size)]));
    this.fields = columns(data.fields);
    this.tags = columns(data.tags);
    this.metrics = columns(data.metrics);
    this.parameters = columns(data.parameters);
    this.tagNames = [...this.tags.keys()];
    this.metricNames = [...this.metrics.keys()];
    this.parameterNames = [...this.parameters.keys()];
    this.needed = new Column(data.needs, this.size);
    this.attemptLists = new Column(data.attempts, this.size);
    this.logs = new Column(data.logs, this.size);
  }

  /** Returns a value that each job may have, such as `host`, as it was written. */
  field(name: string, row: number): unknown {
    return this.fields.get(name)?.get(row);
  }

  text(name: string, row: number): string | undefined {
    const value = this.field(name, row);
    return value === undefined ? undefined : String(value);
  }

  number(name: string, row: number): number | undefined {
    const value = this.field(name, row);
    return typeof value === "number" ? value : undefined;
  }

  phase(row: number): Phase {
    return (this.text("phase", row) ?? "new") as Phase;
  }

  /** Returns the name of a job: its type and its identifier. */
  name(row: number): string {
    return `${this.text("type", row) ?? ""}/${this.text("id", row) ?? ""}`;
  }

  tag(name: string): Getter | undefined {
    return getter(this.tags.get(name), valueOfPacked);
  }

  /** Returns the name by which filters know a tag. */
  nameOfTag(name: string): string {
    return nameOf(name).scope === "any" ? name : `tag.${name}`;
  }

  metric(name: string): Getter | undefined {
    return getter(this.metrics.get(name), valueOfPacked);
  }

  /** Returns the values of a parameter by its path; undefined if no job has it. */
  parameter(path: string): Getter | undefined {
    const whole = this.parameters.has(path) ? path : firstStep(path);
    const column = this.parameters.get(whole);
    const rest = after(path, whole);
    const values = getter(column, (packed) => valueOfParameter(partOf(packed, rest)));
    return column?.values.some((packed) => valueOfParameter(partOf(packed, rest)) !== undefined) === true ? values : undefined;
  }

  /** Returns the tags of a row by their names. */
  tagsOf(row: number): [name: string, value: ExportedValue][] {
    return entries(this.tags, row).map(([name, value]) => [name, valueOfPacked(value)]);
  }

  metricsOf(row: number): [name: string, value: ExportedValue][] {
    return entries(this.metrics, row).map(([name, value]) => [name, valueOfPacked(value)]);
  }

  /** Returns the parameters of a job, as they were packed. */
  parametersOf(row: number): [name: string, packed: unknown][] {
    return entries(this.parameters, row);
  }

  needs(row: number): (number | string)[] {
    return (this.needed.get(row) ?? []) as (number | string)[];
  }

  /** Returns the rows of the jobs that need a job. */
  neededBy(row: number): number[] {
    if (this.users === undefined) {
      const users = new Map<number, number[]>();
      for (let user = 0; user < this.size; user++) {
        for (const used of this.needs(user)) {
          if (typeof used === "number") {
            users.set(used, [...(users.get(used) ?? []), user]);
          }
        }
      }
      this.users = users;
    }
    const name = this.name(row);
    const first = this.users.has(row) ? row : [...this.users.keys()].find((used) => this.name(used) === name);
    return first === undefined ? [] : (this.users.get(first) ?? []);
  }

  attempts(row: number): ExportedAttempt[] {
    return (this.attemptLists.get(row) ?? []) as ExportedAttempt[];
  }

  log(row: number): string | undefined {
    return this.logs.get(row) as string | undefined;
  }
}

function getter(column: Column | undefined, convert: (value: unknown) => ExportedValue | undefined): Getter | undefined {
  return column === undefined ? undefined : perValue(column, convert);
}

function entries(columns: Map<string, Column>, row: number): [string, unknown][] {
  const found: [string, unknown][] = [];
  for (const [name, column] of columns) {
    const value = column.get(row);
    if (value !== undefined) {
      found.push([name, value]);
    }
  }
  return found;
}
