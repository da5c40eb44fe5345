import type { Counts, Phase, Value } from "../wire/types";

/** The words in which the page tells numbers, times and values. */

/** All phases, in the order of bars. */
export const PHASES: readonly Phase[] = ["done", "failed", "corrupt", "running", "starting", "queued", "new", "skipped"];
/** The phases in the order of what to look at first. */
export const WORST_FIRST: readonly Phase[] = ["failed", "corrupt", "running", "starting", "queued", "new", "skipped", "done"];

/** Returns a number with commas between thousands. */
export function numberText(number: number): string {
  return number.toLocaleString("en");
}

/** Returns a number and its noun: `1 job`, `2,000 jobs`. */
export function counted(number: number, noun: string, plural = `${noun}s`): string {
  return `${numberText(number)} ${number === 1 ? noun : plural}`;
}

/** Returns a value by its name, which a job may choose as it likes, such as `constructor`. */
export function valueNamed<T>(values: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

/** Returns the sum of the numbers by phase. */
export function sumOf(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** Returns numbers by phase as words, those of the order that are not 0: `4 failed, 8 running`. */
export function countsText(counts: Counts, order: readonly Phase[] = PHASES): string {
  const words = order.filter((phase) => (counts[phase] ?? 0) > 0).map((phase) => `${numberText(counts[phase] ?? 0)} ${phase}`);
  return words.length === 0 ? "no jobs" : words.join(", ");
}

/** Returns a duration with its two largest units: `2 h 21 min`, `9 min 48 s`, `1.4 s`. */
export function durationText(seconds: number): string {
  if (seconds < 10) {
    return `${Math.round(seconds * 10) / 10} s`;
  }
  const whole = Math.round(seconds);
  const units: [number, string][] = [[86_400, "d"], [3600, "h"], [60, "min"], [1, "s"]];
  const at = units.findIndex(([size]) => whole >= size);
  const [size, unit] = units[at] as [number, string];
  const [small, smallUnit] = units[at + 1] ?? [0, ""];
  const first = Math.floor(whole / size);
  const second = small === 0 || whole >= 10 * 86_400 ? 0 : Math.floor((whole % size) / small);
  return second === 0 ? `${first} ${unit}` : `${first} ${unit} ${second} ${smallUnit}`;
}

/** Returns a duration with its largest unit: for columns. */
export function shortDurationText(seconds: number): string {
  if (seconds < 60) {
    return `${seconds < 10 ? Math.round(seconds * 10) / 10 : Math.round(seconds)} s`;
  }
  if (seconds < 5400) {
    return `${Math.round(seconds / 60)} min`;
  }
  const hours = seconds / 3600;
  return hours < 48 ? `${hours < 10 ? Math.round(hours * 10) / 10 : Math.round(hours)} h` : `${Math.round(hours / 24)} d`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (number: number): string => String(number).padStart(2, "0");

/** Returns the clock of a time today, with seconds if wanted. */
export function clockText(at: Date, seconds = false): string {
  return `${two(at.getHours())}:${two(at.getMinutes())}${seconds ? `:${two(at.getSeconds())}` : ""}`;
}

/** Returns a time as it is read: the clock today, `18 Mar` before, with the year if that is another one. */
export function timeText(at: Date, now: Date): string {
  if (at.toDateString() === now.toDateString()) {
    return clockText(at);
  }
  const day = `${at.getDate()} ${MONTHS[at.getMonth()]}`;
  return at.getFullYear() === now.getFullYear() ? day : `${day} ${at.getFullYear()}`;
}

/** Returns a time in full, with its zone: for those who look closer. */
export function exactTimeText(at: Date): string {
  const offset = -at.getTimezoneOffset();
  const zone = `${offset < 0 ? "-" : "+"}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${clockText(at, true)} UTC${zone}`;
}

/** Returns the name of a run as a time: `20260318-094211` is `18 Mar 09:42`; another name as it is. */
export function runText(run: string, now: Date): string {
  const parts = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)(.*)$/.exec(run);
  if (parts === null) {
    return run;
  }
  const [, year, month, day, hour, minute, , rest] = parts;
  const name = `${Number(day)} ${MONTHS[Number(month) - 1] ?? month}`;
  return `${name}${Number(year) === now.getFullYear() ? "" : ` ${year}`} ${hour}:${minute}${rest}`;
}

/** Returns a value of a tag, a parameter or a metric as text. */
export function valueOf(value: Value | undefined): string {
  if (value === undefined) {
    return "";
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Returns a metric with six digits, or as it is if it needs no more. */
export function metricText(value: Value | undefined): string {
  if (typeof value !== "number") {
    return valueOf(value);
  }
  const short = Number(value.toPrecision(6));
  return String(Math.abs(short) >= 1e15 || (short !== 0 && Math.abs(short) < 1e-4) ? short.toExponential() : short);
}

/** Returns the extremes of a metric: `0.182 – 0.255`; one number if they are equal. */
export function rangeText(range: readonly [least: number, most: number] | undefined): string {
  if (range === undefined) {
    return "";
  }
  const [least, most] = range.map((value) => metricText(Number(value.toPrecision(4))));
  return least === most ? (least ?? "") : `${least} – ${most}`;
}

/** Returns a size in bytes: `213.8 MB`. */
export function sizeText(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let unit = 0;
  let size = bytes;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return unit === 0 ? counted(bytes, "byte") : `${size < 100 ? Math.round(size * 10) / 10 : Math.round(size)} ${units[unit]}`;
}
