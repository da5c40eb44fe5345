import { clockText, durationText, sizeText, timeText } from "../../part/words";
import type { AccountedUse, AttemptLine, JobAnswer } from "../../wire/types";

/** Returns what has happened to a job, in a sentence: `Failed at 11:54:04 after 6 min 4 s, on node05, by launcher gpu`. */
export function happened(job: JobAnswer, now: Date): string {
  const { state } = job.job;
  const after = job.seconds === undefined ? "" : ` after ${durationText(job.seconds)}`;
  const ended = job.ended === undefined ? "" : atText(job.ended, now);
  const started = job.started === undefined ? "" : atText(job.started, now);
  const places = [job.host === undefined ? "" : `on ${job.host}`, launcherText(job)].filter((place) => place !== "");
  const where = places.length === 0 ? "" : `, ${places.join(", ")}`;
  switch (state) {
    case "done":
      return `Done${ended}${after}${where}`;
    case "failed":
      return `Failed${ended}${after}${where}`;
    case "running":
      return `Runs${job.started === undefined ? "" : ` since ${started.replace(/^ (at|on) /, "")}`}${where}`;
    case "starting":
      return `Starts${where}`;
    case "queued":
      return `Queued${where}`;
    case "corrupt":
      return "Its files cannot be read";
    case "new":
      return unstarted(job, now);
  }
}

/** Returns why a job has no result and no process. */
function unstarted(job: JobAnswer, now: Date): string {
  const { cleaned } = job;
  if (cleaned !== undefined) {
    const at = cleaned.at === undefined ? "" : atText(cleaned.at, now);
    return `Was cleaned${at}${cleaned.by === undefined ? "" : ` by ${cleaned.by}`}; its result is in the trash`;
  }
  return job.attempts.length === 0 ? "Has not run yet" : `Waits to be tried again${job.host === undefined ? "" : `, failed before on ${job.host}`}`;
}

function launcherText(job: JobAnswer): string {
  if (job.launcher === undefined) {
    return job.batchJob === undefined ? "" : `batch job ${job.batchJob}`;
  }
  return `by launcher ${job.launcher}${job.batchJob === undefined ? "" : ` (${job.batchJob})`}`;
}

/** Returns ` at 11:54:04` for a time of today, and ` on 18 Mar at 11:54` for an earlier one. */
function atText(time: string, now: Date): string {
  const at = new Date(time);
  const isToday = at.toDateString() === now.toDateString();
  return isToday ? ` at ${clockText(at, true)}` : ` on ${timeText(at, now)} at ${clockText(at)}`;
}

/** Returns the title of what is said first about a job. */
export function causeTitle(job: Pick<JobAnswer, "job">): string {
  const titles = {
    failed: "Why it failed",
    corrupt: "Why it cannot be read",
    running: "What it does",
    starting: "What it does",
    queued: "Why it waits",
    new: "Why it waits",
    done: "What it is",
  } as const;
  return titles[job.job.state];
}

/** Returns how many attempts have failed: `2 of 3 failed`. */
export function attemptsText(attempts: readonly AttemptLine[]): string {
  const failed = attempts.filter((attempt) => attempt.cause !== undefined).length;
  return attempts.length === 0 ? "none yet" : `${failed} of ${attempts.length} failed`;
}

/** Returns what a batch system accounts: `cluster counted 3.1 GB of memory, 12 min of CPU time in 10 min, OUT_OF_MEMORY`. */
export function accountedText({ by, state, exitCode, seconds, cpuSeconds, maxMemoryBytes }: AccountedUse): string {
  const took = seconds === undefined ? undefined : durationText(seconds);
  const cpu = cpuSeconds === undefined ? undefined : `${durationText(cpuSeconds)} of CPU time`;
  const parts = [
    maxMemoryBytes === undefined ? undefined : `${sizeText(maxMemoryBytes)} of memory`,
    cpu === undefined ? took : took === undefined ? cpu : `${cpu} in ${took}`,
    state,
    exitCode === undefined ? undefined : `exit code ${exitCode}`,
  ];
  return `${by} counted ${parts.filter((part) => part !== undefined).join(", ")}`;
}

/** Returns the stream of an attempt's log to show first: that with the error of a failed attempt, else the one that has text. */
export function usualStream(job: Pick<JobAnswer, "attempts">, number: number | undefined): "out" | "err" {
  const attempt = number === undefined ? job.attempts.at(-1) : job.attempts.find((one) => one.number === number);
  const streams = attempt?.streams ?? [];
  if (attempt?.cause !== undefined && streams.includes("err")) {
    return "err";
  }
  return streams.includes("out") || streams.length === 0 ? "out" : "err";
}

/** Returns from when to when something ran, as clocks: `11:48 – 11:54`. */
export function spanText(started: string | undefined, ended: string | undefined): string {
  const clock = (time: string | undefined) => (time === undefined ? "" : clockText(new Date(time)));
  return started === undefined ? "" : `${clock(started)} – ${clock(ended)}`.trim();
}
