/** What can be done to jobs. */
export type JobAct = "kill" | "retry" | "clean" | "pin" | "unpin" | "note";

/** What can be done to a run that goes on. */
export type RunAct = "pause" | "resume" | "set";

/** What can be done to an action or a service that a run has declared. */
export type BesideAct = "execute" | "start" | "stop";

export type Act = JobAct | RunAct | BesideAct;

export const VERBS: Record<Act, string> = { kill: "Kill", retry: "Retry", clean: "Clean", pin: "Pin", unpin: "Unpin", note: "Note", pause: "Pause", resume: "Resume", set: "Set", execute: "Execute", start: "Start", stop: "Stop" };

const RUN_QUESTIONS: Record<RunAct | BesideAct, string> = { pause: "Pause the run?", resume: "Resume the run?", set: "Change how many jobs run at once?", execute: "Execute the action?", start: "Start the service?", stop: "Stop it?" };

/** Returns the question before an action on a run, or on what is beside it; undefined for one on jobs. */
export function runQuestion(act: Act): string | undefined {
  return act in RUN_QUESTIONS ? RUN_QUESTIONS[act as RunAct | BesideAct] : undefined;
}

const DONE: Record<JobAct, string> = {
  kill: "asked to end",
  retry: "will be tried again",
  clean: "moved to the trash",
  pin: "pinned",
  unpin: "unpinned",
  note: "noted",
};

/** Returns an effect on a run as sentences: `Jobs are started again.` One on what is beside it has the reader's own words. */
export function effectWords(act: Act, effect: string): string {
  return (act === "execute" ? [effect] : effect.split("; "))
    .map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}.`)
    .join(" ");
}

export function jobsText(count: number): string {
  return count === 1 ? "1 job" : `${count.toLocaleString("en")} jobs`;
}

/** Returns what an action has done: to how many jobs, and why not to the others. */
export function changedWords(act: JobAct, changed: number, left: number, reason: string): string {
  return `${jobsText(changed)} ${DONE[act]}${left === 0 ? "" : `; ${left} not: ${reason}`}`;
}
