import type { ReasonGroup, RunLine } from "../../wire/types";

/** The data of an export, as `RunExport` writes them. */
export interface ExportedData {
  head: ExportedHead;
  fields: NamedColumn[];
  tags: NamedColumn[];
  metrics: NamedColumn[];
  parameters: NamedColumn[];
  needs: PackedColumn; // of lists: the row of a job of the export, or the name of another job
  attempts: PackedColumn; // of lists of ExportedAttempt
  logs: PackedColumn;
}

export type NamedColumn = [name: string, column: PackedColumn];

/** A value of each row that has one. */
export interface PackedColumn {
  values: unknown[]; // each different value once
  at?: number[]; // index of the value of each row that has one; absent: each has its own
  gaps?: number[]; // distances between the rows that have a value, from row 0; absent: all have one
}

export interface ExportedHead {
  format: number;
  at: string;
  program: string;
  workspace: string;
  host: string;
  run: RunLine;
  plan?: string;
  filter: string; // that chose the jobs
  total: number; // rows of the run
  size: number; // rows of the export
  runNotes: string[];
  runTags: Record<string, string>;
  failures: ReasonGroup[];
  waiting: ReasonGroup[];
  rows: string[]; // the usual layout of the table
  cols: string[];
  metrics: string[];
  over: string[];
  tagChoices: string[];
  lowest: string[]; // metrics that seem to be better below
  leftOut: string[];
}

export interface ExportedAttempt {
  number: number;
  host?: string;
  batchJob?: string;
  started?: string;
  ended?: string;
  cause?: string;
}
