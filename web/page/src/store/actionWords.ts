/** What can be done to jobs. */
export type JobAct = "kill" | "retry" | "clean" | "pin" | "unpin" | "note";

/** What can be done to a run that goes on. */
export type RunAct = "pause" | "resume" | "set";

export type Act = JobAct | RunAct;

export const VERBS: Record<Act, string> = { kill: "Kill", retry: "Retry", clean: "Clean", pin: "Pin", unpin: "Unpin", note: "Note", pause: "Pause", resume: "Resume", set: "Set" };

const RUN_QUESTIONS: Record<RunAct, string> = { pause: "Pause the run?", resume: "Resume the run?", set: "Change how many jobs run at once?" };

/** Returns the question before an action on a run; undefined for one on jobs. */
export function runQuestion(act: Act): string | undefined {
  return act in RUN_QUESTIONS ? RUN_QUESTIONS[act as RunAct] : undefined;
}

const DONE: Record<JobAct, string> = {
  kill: "asked to end",
  retry: "will be tried again",
  clean: "moved to the trash",
  pin: "pinned",
  unpin: "unpinned",
  note: "noted",
};

/** Returns an effect on a run as sentences: `Jobs are started again.` */
export function effectWords(effect: string): string {
  return effect
    .split("; ")
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
