/**
 * The answers of the API, version 1. docs/web-api.md says the same for authors of scripts, and the Java records of the
 * package `org.experimaestro.web.api` have the same names. Times are ISO-8601 in UTC, durations and ages are
 * seconds, sizes are bytes. A member that is absent is not known.
 */

export type State = "done" | "failed" | "running" | "starting" | "queued" | "new" | "corrupt";

/** States for bars, in their order; `skipped` is a phase of a run: its new jobs that this run will not start. */
export type Phase = "done" | "failed" | "corrupt" | "running" | "starting" | "queued" | "new" | "skipped";
export type Counts = Partial<Record<Phase, number>>;

/** A value of a tag, a parameter or a metric. */
export type Value = string | number | boolean | null | Value[] | { [name: string]: Value };
export type Tags = Record<string, Value>;

/** GET /api/1/workspace */
export interface WorkspaceAnswer {
  path: string;
  host: string;
  program: string; // version of Experimaestro
  readOnly: boolean;
  jobs: number;
  experiments: ExperimentLine[]; // the one with the newest run first
  problems: string[]; // files that cannot be read
  presets: Record<string, string>; // names of filters
}

export interface ExperimentLine {
  name: string;
  runs: number;
  latest: RunLine;
}

export interface RunLine {
  experiment: string;
  run: string; // the run's name, a time such as 20260318-094211
  state: "running" | "ended" | "died" | "unknown";
  outcome?: string; // of a run that has ended: done, failed, stopped…
  started?: string;
  ended?: string;
  paused?: string; // since when a run that goes on starts no jobs
  counts: Counts; // at its end if it has recorded them, else now
  tags?: string[];
  note?: string;
}

/** GET /api/1/experiments/{experiment} */
export interface ExperimentAnswer {
  name: string;
  runs: RunLine[]; // newest first
}

/** GET /api/1/runs/{experiment}/{run}; {run} may be `latest` */
export interface RunAnswer {
  run: RunLine;
  plan?: string; // class and file of the plan
  host?: string;
  process?: number;
  jobsHere?: number; // how many of its jobs run at once at most on this host
  total: number;
  changed?: number; // jobs that have another state now: the answer is about the end of the run; absent if it is about now
  left?: Left; // absent when the run is over
  cores?: { seconds: number; isExact: boolean }; // core time of the turns that have ended; a job without a known number counts as one core
  types: TypeLine[];
  failures: ReasonGroup[];
  running: RunningJob[]; // those that run longest first, 20 at most
  runningTotal: number;
  waiting: ReasonGroup[]; // why the rest waits
  command: string; // prints the same
  code?: { text: string; checkout: string }; // its commit or stored sources in words, and the command that gives them back
  again?: string; // runs the plan again; absent for a plan without a file
  title?: string; // of the experiment
  description?: string;
  energy?: string; // of its jobs, in words
  saved: string[]; // names under which plans of the experiment have saved configurations
}

/** GET /api/1/runs/{experiment}/{run}/beside */
export interface BesideAnswer {
  run: string; // EXPERIMENT/RUN
  host: string; // where a service is started
  actions: ActionLine[];
  services: ServiceLine[];
  problems: string[];
}

export interface ActionLine {
  name: string;
  type: string;
  questions: QuestionLine[];
  last?: ProcessLine;
  executions: number;
  possible: boolean;
  reason?: string; // why it cannot be executed now
  command: string;
}

export interface QuestionLine {
  name: string;
  kind: "choice" | "choices" | "text" | "yesno";
  text: string;
  options: string[];
  default?: string[];
}

export interface ServiceLine {
  name: string;
  isWeb: boolean;
  last?: ProcessLine;
  port?: number; // of the host, once it is ready
  address?: string; // on the host
  command: string;
}

export interface ProcessLine {
  number: number;
  state: "starting" | "running" | "done" | "failed" | "stopped" | "vanished" | "elsewhere";
  isStopping: boolean;
  text: string; // result, or reason of a failure
  started?: string;
  ended?: string;
  host?: string; // another one than that of the monitor
  folder: string;
  files: FileLine[]; // of an execution, 20 at most
  moreFiles: number;
}

/** GET /api/1/runs/{experiment}/{run}/services/{name}/address */
export interface AddressAnswer {
  host: string;
  port: number;
  path: string;
  address: string; // of the reader's machine
}

export interface Left {
  seconds?: number;
  basis: string; // what it follows from, or why it is not known
}

export interface TypeLine {
  type: string;
  counts: Counts;
  median?: number; // seconds, of its done jobs
  left?: Left;
}

export interface ReasonGroup {
  type: string;
  kind: string; // of Reason.Kind, in lower case with spaces
  subject: string;
  advice: string;
  count: number;
  jobs: JobLink[]; // 5 at most
  obstacles: JobLink[]; // the jobs that they wait for, 5 at most
  obstacleTotal: number;
  obstacleFilter?: string; // selects those; absent if there are none, or very many
  shared: string[]; // what the failed jobs share and the others do not, as phrases
  filter: string; // selects these jobs
  last?: string; // time of the last failure
}

export interface JobLink {
  job: string; // type/identifier
  shortId: string;
  state: State;
  tags: Tags;
}

export interface RunningJob extends JobLink {
  host?: string;
  started?: string;
  progress?: number; // 0 to 1
  doing?: string; // description of the progress
  left?: number;
}

/** GET /api/1/jobs?run=EXPERIMENT/RUN&q=FILTER&by=type,k1&sort=-time: the groups of the selected jobs. */
export interface JobsAnswer {
  filter: string; // as it was understood
  selected: number;
  total: number; // without the filter
  counts: Counts; // of the selected
  allCounts: Counts; // without the filter's tests of the state
  by: string[]; // what the jobs are grouped by, as chosen by the server if the question names none
  coarser?: string; // why a grouping that was asked for is not shown
  columns: string[]; // tags that differ, then metrics, of the selected jobs: at most 40
  metrics: string[]; // those of the columns that are metrics
  moreColumns: number;
  groups: Group[]; // at most 200, in order; nested by `parent`
  advice: string[]; // when nothing is selected: what would select something
  command: string;
}

export interface Group {
  key: string; // values of `by` so far, percent-encoded and joined by commas: names the group in addresses
  parent?: string;
  depth: number;
  label: string; // value of the last of `by`
  isMissing: boolean; // its jobs have no such value, and the label says so
  filter: string; // selects its jobs
  counts: Counts;
  size: number;
  isLeaf: boolean; // its rows are jobs
  fixed: Tags; // values that all its jobs share
  ranges: Record<string, [least: number, most: number]>; // of each metric that one of its jobs has
}

/**
 * GET /api/1/jobs/rows?run&q&by&sort&group=KEY&from=0&count=200: rows of one leaf group (or of all, without `group`).
 * With `around=TYPE/ID` in the place of `group` and `from`, the jobs beside a job, each once, in the order of the groups
 * of `by`; none if the job is not among them.
 */
export interface RowsAnswer {
  size: number;
  from: number;
  rows: Row[];
}

export interface Row extends JobLink {
  type: string;
  started?: string;
  ended?: string;
  seconds?: number; // how long it ran; absent while it runs, as `started` says since when
  host?: string;
  progress?: number;
  what: string; // message of a failure, what it does, or why it waits: one line
  values: Record<string, Value>; // of the columns
  attempt: number;
  pinned: boolean;
  note?: string;
  runs: string[];
}

/** GET /api/1/jobs/{type}/{identifier} */
export interface JobAnswer {
  job: JobLink;
  type: string;
  id: string;
  folder: string;
  started?: string;
  ended?: string;
  seconds?: number;
  host?: string;
  process?: number;
  launcher?: string;
  batchJob?: string;
  cause?: string; // of a failure
  message?: string;
  reason?: { kind: string; subject: string; advice: string; expectedStart?: string; asOf?: string; jobs: JobLink[] };
  left?: Left;
  progress: { level: number; progress: number; description: string }[];
  attempts: AttemptLine[];
  // what its launcher counts for it, such as cores, and memory in bytes; what its last attempt had used when it ended
  resources?: { asked: Record<string, number>; cpuSeconds?: number; maxMemoryBytes?: number; seconds?: number; energy?: string };
  metrics: Record<string, Value>;
  parameters: ParameterNode[];
  announced: { name: string; output: string; at: string }[]; // while it ran, the latest at the end
  dependencies: JobLink[];
  dependents: JobLink[];
  nearest?: { job: JobLink; differences: string[] };
  runs: { experiment: string; run: string; tags: Tags }[];
  notes: { text: string; at: string; by: string }[];
  pinned?: string; // reason
  cleaned?: { entry: string; at?: string; by?: string }; // of a new job whose result is in the trash
  deletedDependencies: string[];
  files: FileLine[]; // of the job's folder, 200 at most, ours first
  moreFiles: number;
  actions: ActionOffer[];
  again?: string; // runs the plan of a failed job again; absent if a run goes on that can try it again
  commands: Record<string, string>; // show, log, path, debug…
}

export interface AttemptLine {
  number: number;
  host?: string;
  batchJob?: string;
  worker?: string; // the reason why it was to run in a warm worker
  started?: string;
  ended?: string;
  cause?: string;
  message?: string;
  streams: ("out" | "err")[];
  accounted?: AccountedUse; // by its batch system
}

/** What a batch system has accounted for an attempt that has ended. */
export interface AccountedUse {
  by: string; // launcher
  state?: string; // in its own term
  exitCode?: number;
  seconds?: number;
  cpuSeconds?: number;
  maxMemoryBytes?: number;
}

export interface ParameterNode {
  name: string;
  type?: string; // of the value, as declared
  value?: Value; // of a leaf
  role: "counts" | "default" | "meta" | "path";
  tag?: string;
  documentation?: string;
  producer?: JobLink;
  children?: ParameterNode[];
}

export interface FileLine {
  path: string; // relative to the job's folder, with slashes
  size: number;
  modified: string;
  isText: boolean;
}

/** What can be done with jobs, and if not, why not. */
export interface ActionOffer {
  action: "kill" | "retry" | "clean" | "pin" | "unpin";
  possible: boolean;
  reason?: string;
  command: string; // does the same
}

/** GET /api/1/jobs/{type}/{id}/log?attempt=1&stream=err&from=BYTE&count=BYTES, without `from` the end of the log */
export interface LogAnswer {
  attempt: number;
  stream: "out" | "err";
  size: number; // of the whole log
  from: number; // of the first byte of `text`, always at the beginning of a line or of a chunk of a long line
  to: number;
  firstLine?: number; // number of the line at `from`, from 1; absent until the index has come so far
  lines?: number; // of the whole log; absent until it is counted
  text: string; // invalid bytes are U+FFFD
  isGrowing: boolean;
  none?: string; // why there is no log
}

/** GET …/log/search?attempt&stream&text&regex=false&case=false: newline-delimited JSON, a line each */
export type LogFound =
  | { at: number; line: number; text: string } // byte and line of a match, 1000 at most; text: 400 characters around it
  | { read: number; size: number; matches: number } // progress
  | { problem: ProblemAnswer } // an expression needs too much time: the last line
  | { done: true; matches: number; lines: number };

/** GET /api/1/compare?jobs=ID,ID&base=ID */
export interface CompareAnswer {
  jobs: (JobLink & { type: string; host?: string; seconds?: number })[];
  cause?: { text: string; path: string[] };
  sections: CompareSection[]; // parameters, code, environment, metrics, results: only those that differ
  same: number; // parameters that do not differ
  problems: string[];
  command: string;
}

export interface CompareSection {
  name: "parameters" | "code" | "environment" | "metrics" | "results";
  rows: { name: string; values: (string | null)[]; counts: boolean }[];
}

/**
 * GET /api/1/table?run&q&rows=k1,b&cols=dataset&metrics=MAP&over=seed&ci=95&best=column&highest=MAP&lowest=loss
 * A list that is missing gets a default, which the answer has; `over=` means none. `best` is column, row or none;
 * whether higher or lower is better follows from a metric's name, unless `highest` or `lowest` has it.
 */
export interface TableAnswer {
  rows: string[];
  cols: string[];
  metrics: string[];
  lowest: string[]; // metrics of which lower values are better
  over: string[];
  choices: { tags: string[]; metrics: string[] };
  columns: { label: string[]; metric: string }[];
  lines: { label: string[]; cells: TableCell[] }[];
  legend: string[];
  problem?: string; // why there is no table, e.g. a tag that is not a replicate
  command: string;
}

export interface TableCell {
  text: string; // as it is printed: "0.271 ± 0.004"
  mean?: number;
  half?: number; // half of the interval
  n: number;
  missing: number;
  states: Counts;
  isBest: boolean;
  isNear: boolean; // not significantly worse
  filter: string; // its jobs
}

/** GET /api/1/charts/history?run&q&metric=loss&x=seconds: a line for each job, each ≤ 2000 points; by step where each value has one */
export interface HistoryAnswer {
  metric: string;
  metrics: string[]; // to choose from
  lines: { job: JobLink; points: [x: number, y: number][]; isReduced: boolean }[];
  lineTotal: number; // of which at most 50 are given
  x: "step" | "seconds";
}

/** GET /api/1/charts/points?run&q&metric=MAP&x=k1&by=dataset&over=seed */
export interface PointsAnswer {
  metric: string;
  metrics: string[];
  x: string;
  tags: string[]; // numeric ones first
  by: string[]; // the tags of the lines, as chosen by the server if the question names none
  over: string[]; // the tags that means are over
  isNumeric: boolean;
  // `mean` is absent where the jobs are no replicates of each other: a mean would hide in what they differ
  series: { label: string; points: { x: Value; mean?: number; low: number; high: number; n: number; expected: number }[] }[];
}

/** GET /api/1/timeline?run&q&lanes=host: lanes by host, type, launcher or experiment */
export interface TimelineAnswer {
  from?: string; // absent without a bar and a job that waits
  to?: string; // the last time that the bars have: it does not grow while nothing happens
  lanes: { label: string; bars: TimeBar[] }[];
  queue: { at: string; waiting: number; running: number }[]; // changes of the numbers
  critical: { job: JobLink; from: string; to: string }[];
  forecast?: { until: string; more: number; untilWithMore: string }; // the second: the earliest end with so many more places
}

export interface TimeBar {
  job: JobLink; // with the state at the end of this turn
  queued?: string;
  from: string;
  to?: string; // absent while it runs
  row: number; // bars of one row do not overlap
  merged?: Counts; // of a bar that stands for several short ones: `job` is the first of them
}

/**
 * GET /api/1/graph?run&q&by=type,dataset. With `around=TYPE/ID`, the nodes are single jobs, whose keys are their names: the
 * job, and what it needs and what needs it, two steps far.
 */
export interface GraphAnswer {
  by: string[];
  coarser?: string; // why a finer grouping is not shown
  nodes: { key: string; label: string; counts: Counts; size: number; filter: string }[]; // ≤ 60
  edges: { from: string; to: string; count: number }[];
}

/** GET /api/1/orphans?from=0&count=200, GET /api/1/trash */
export interface OrphansAnswer {
  size: number; // of all orphans
  from: number;
  jobs: (JobLink & { type: string; size: number; ended?: string })[]; // 200 at most
  strayTotal: number;
  strayRunning: JobLink[]; // 200 at most
  problems: string[]; // runs that cannot be read, whose jobs may seem to be orphans: nothing may be cleaned as one
  command: string;
}

export interface TrashAnswer {
  entries: { id: string; jobs: JobLink[]; jobTotal: number; cleaned?: string; by: string; reason: string; size?: number }[];
  size?: number;
  command: string; // prints the same
  empty: string; // deletes all for good
}

/** GET /api/1/types, GET /api/1/types/{type} */
export interface TypesAnswer {
  types: { type: string; summary?: string; isTask: boolean; jobs: number }[];
}

export interface TypeAnswer {
  type: string;
  documentation?: string; // text, without mark-up
  isTask: boolean;
  parameters: { name: string; type: string; role: string; default?: string; documentation?: string; constants?: string[] }[];
  usedBy: string[];
  command: string;
}

/** POST /api/1/actions/{kill|retry|clean|pin|unpin|undo|note}: body; `plan: true` changes nothing. */
export interface ActionQuestion {
  jobs?: string[]; // names
  run?: string;
  q?: string; // a filter of the jobs of `run`, or of all; blank: each job
  plan?: boolean;
  planned?: string; // the answer's `plan` that was looked at: with other jobs, status 409. A filter needs it
  reason?: string; // of a pin; text of a note. A note with `run` and no `q` is on the run itself
  entry?: string; // of the trash, for undo
  noted?: string; // id of an action that waits, for undo
  jobsHere?: number; // how many jobs a run has at once from now on, for `set`
  action?: string; // of `run`, for `execute` with `answers`, and for `stop`
  service?: string; // of `run`, for `start` and `stop`
  answers?: Record<string, string[]>;
  hasEnded?: boolean; // the service does not run on another host, which the reader knows
  hold?: number; // seconds that a retry or a cleaning waits, 0 to 60; by default 10
}

export interface ActionAnswer {
  possible: { job: JobLink; effect: string; dependents: number }[]; // 200 at most
  impossible: { job: JobLink; reason: string }[];
  possibleTotal: number;
  impossibleTotal: number;
  bytes: number; // that a cleaning frees
  dependents: number; // other jobs that use the results
  done: boolean; // false for a plan
  plan: string; // names the jobs that were selected
  undo?: string; // entry of the trash
  noted?: NotedAction; // it waits: nothing has changed yet
  effect?: string; // on a run, of pause, resume and set: a sentence without a capital letter and a full stop
}

/** GET /api/1/noted: the retries and cleanings that wait, and the last 16 that have waited. */
export interface NotedAnswer {
  actions: NotedAction[]; // in the order of their confirmation
}

export interface NotedAction {
  id: string;
  action: "retry" | "clean";
  jobs: number;
  until: string; // when it is performed, unless it is undone before
  state: "noted" | "performing" | "done" | "refused" | "undone";
  possibleTotal?: number; // jobs that it has changed, once it is done
  impossibleTotal?: number; // jobs that it has left, once it is done
  reason?: string; // why it has left the first of them, or was refused
  undo?: string; // entry of the trash
}

/** Every error: status 4xx or 5xx. */
export interface ProblemAnswer {
  error: string; // what could not be done
  advice?: string;
  at?: number; // of a mistake in a filter: index of the first character
  length?: number;
  near?: string[]; // near names
}

/** GET /api/1/live?of=PATH&of=PATH…: events of one stream. */
export interface LiveAnswer {
  of: number; // index of the question
  answer?: unknown; // whole, whenever it differs from the last one sent
  problem?: ProblemAnswer & { status: number };
}

export interface LiveBeat {
  at?: string; // time at which the files were read for the answers that were sent; absent before the first ones
  version: number;
  program: string; // a page of another version reloads itself
}
