/** What a key asks for. */
export type Intent =
  | "goRun" | "goJobs" | "goTable" | "goCharts" | "goTimeline" | "goGraph" | "goExperiment"
  | "down" | "up" | "left" | "right" | "first" | "last" | "open" | "fold" | "above" | "previous" | "next"
  | "zoomIn" | "zoomOut"
  | "select" | "selectRange" | "selectAll" | "clear"
  | "filter" | "failedOnly" | "keepValue" | "dropValue"
  | "compare" | "retry" | "kill" | "clean" | "pin" | "pauseRun" | "jobsHere" | "beside" | "note" | "copy" | "undo"
  | "group" | "sort"
  | "follow" | "firstError" | "nextMatch" | "previousMatch" | "end" | "wrap" | "stream" | "attempt"
  | "base" | "sideBySide" | "addJob"
  | "theme" | "pause" | "help" | "confirm";

export type Section = "Go" | "Move" | "Choose" | "Filter" | "Do" | "Log" | "Compare" | "Page";

/** A key, or keys one after the other, separated by spaces; as the browser names them. */
export interface Binding {
  keys: string;
  intent: Intent;
  words: string;
  section: Section;
}

/** All keys of the page: for their dispatch, the map that `?` shows, and the documentation. */
export const BINDINGS: readonly Binding[] = [
  { keys: "g r", intent: "goRun", words: "Run", section: "Go" },
  { keys: "g j", intent: "goJobs", words: "Jobs", section: "Go" },
  { keys: "g t", intent: "goTable", words: "Table", section: "Go" },
  { keys: "g c", intent: "goCharts", words: "Charts", section: "Go" },
  { keys: "g l", intent: "goTimeline", words: "Timeline", section: "Go" },
  { keys: "g g", intent: "goGraph", words: "Graph", section: "Go" },
  { keys: "g e", intent: "goExperiment", words: "another experiment or run", section: "Go" },
  { keys: "j", intent: "down", words: "next", section: "Move" },
  { keys: "k", intent: "up", words: "previous", section: "Move" },
  { keys: "ArrowDown", intent: "down", words: "next", section: "Move" },
  { keys: "ArrowUp", intent: "up", words: "previous", section: "Move" },
  { keys: "h", intent: "left", words: "left, fold, earlier", section: "Move" },
  { keys: "l", intent: "right", words: "right, unfold, later", section: "Move" },
  { keys: "ArrowLeft", intent: "left", words: "left, fold, earlier", section: "Move" },
  { keys: "ArrowRight", intent: "right", words: "right, unfold, later", section: "Move" },
  { keys: "Home", intent: "first", words: "first", section: "Move" },
  { keys: "End", intent: "last", words: "last", section: "Move" },
  { keys: "Enter", intent: "open", words: "open", section: "Move" },
  { keys: "o", intent: "fold", words: "unfold, fold", section: "Move" },
  { keys: "u", intent: "above", words: "up to the list", section: "Move" },
  { keys: "[", intent: "previous", words: "previous job of the list", section: "Move" },
  { keys: "]", intent: "next", words: "next job of the list", section: "Move" },
  { keys: "+", intent: "zoomIn", words: "closer, in the timeline", section: "Move" },
  { keys: "-", intent: "zoomOut", words: "farther, in the timeline", section: "Move" },
  { keys: "x", intent: "select", words: "select", section: "Choose" },
  { keys: "X", intent: "selectRange", words: "select up to here", section: "Choose" },
  { keys: "a", intent: "selectAll", words: "select all that match", section: "Choose" },
  { keys: "Escape", intent: "clear", words: "clear, close", section: "Choose" },
  { keys: "/", intent: "filter", words: "filter, search", section: "Filter" },
  { keys: "F", intent: "failedOnly", words: "failed only", section: "Filter" },
  { keys: "=", intent: "keepValue", words: "keep the value at the cursor", section: "Filter" },
  { keys: "-", intent: "dropValue", words: "drop the value at the cursor", section: "Filter" },
  { keys: "b", intent: "group", words: "group by", section: "Filter" },
  { keys: "s", intent: "sort", words: "sort", section: "Filter" },
  { keys: "c", intent: "compare", words: "compare", section: "Do" },
  { keys: "r", intent: "retry", words: "retry…", section: "Do" },
  { keys: "K", intent: "kill", words: "kill…", section: "Do" },
  { keys: "D", intent: "clean", words: "clean…", section: "Do" },
  { keys: "P", intent: "pin", words: "pin…", section: "Do" },
  { keys: "P", intent: "pauseRun", words: "pause or resume the run…", section: "Do" },
  { keys: "J", intent: "jobsHere", words: "jobs at once of the run…", section: "Do" },
  { keys: "A", intent: "beside", words: "actions and services of the run", section: "Do" },
  { keys: "m", intent: "note", words: "write a note", section: "Do" },
  { keys: "y", intent: "copy", words: "copy", section: "Do" },
  { keys: "z", intent: "undo", words: "undo", section: "Do" },
  { keys: "f", intent: "follow", words: "follow", section: "Log" },
  { keys: "e", intent: "firstError", words: "first error", section: "Log" },
  { keys: "n", intent: "nextMatch", words: "next match", section: "Log" },
  { keys: "N", intent: "previousMatch", words: "previous match", section: "Log" },
  { keys: "G", intent: "end", words: "end", section: "Log" },
  { keys: "w", intent: "wrap", words: "wrap lines", section: "Log" },
  { keys: "s", intent: "stream", words: "other stream, both", section: "Log" },
  { keys: "a", intent: "attempt", words: "other attempt", section: "Log" },
  { keys: "b", intent: "base", words: "base", section: "Compare" },
  { keys: "l", intent: "sideBySide", words: "logs side by side", section: "Compare" },
  { keys: "a", intent: "addJob", words: "add a job", section: "Compare" },
  { keys: "t", intent: "theme", words: "theme", section: "Page" },
  { keys: "p", intent: "pause", words: "pause, go on", section: "Page" },
  { keys: "?", intent: "help", words: "this map", section: "Page" },
  { keys: "y", intent: "confirm", words: "confirm, in a dialog", section: "Page" },
];

/** Returns the keys of an intent as they are shown: `g r`, `Esc`. */
export function keysOf(intent: Intent): string {
  const keys = BINDINGS.find((binding) => binding.intent === intent)?.keys ?? "";
  return keys === "Escape" ? "Esc" : keys;
}
