export type Act = "kill" | "retry" | "clean" | "pin" | "unpin" | "note";

export const VERBS: Record<Act, string> = { kill: "Kill", retry: "Retry", clean: "Clean", pin: "Pin", unpin: "Unpin", note: "Note" };

const DONE: Record<Act, string> = {
  kill: "asked to end",
  retry: "will be tried again",
  clean: "moved to the trash",
  pin: "pinned",
  unpin: "unpinned",
  note: "noted",
};

export function jobsText(count: number): string {
  return count === 1 ? "1 job" : `${count.toLocaleString("en")} jobs`;
}

/** Returns what an action has done: to how many jobs, and why not to the others. */
export function changedWords(act: Act, changed: number, left: number, reason: string): string {
  return `${jobsText(changed)} ${DONE[act]}${left === 0 ? "" : `; ${left} not: ${reason}`}`;
}
