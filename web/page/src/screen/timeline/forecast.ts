import { clockText, counted, durationText } from "../../part/words";
import type { TimelineAnswer } from "../../wire/types";

/** Returns what more places would bring. The end with them is a bound: jobs that need each other may leave places empty. */
export function whatIf({ until, more, untilWithMore }: NonNullable<TimelineAnswer["forecast"]>): string {
  const sooner = Math.round((Date.parse(until) - Date.parse(untilWithMore)) / 60_000) * 60;
  const end = clockText(new Date(untilWithMore));
  return sooner <= 0
    ? `${counted(more, "more place")} would not end it sooner: the longest chain of jobs decides.`
    : `With ${counted(more, "more place")} it would end about ${durationText(sooner)} sooner, at ${end} at the earliest.`;
}
