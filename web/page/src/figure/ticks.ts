/** A mark of an axis. */
export interface Tick {
  at: number;
  label: string;
}

const NICE = [1, 2, 5, 10];

/** Returns round numbers from `from` to `to`, at most about `most` of them, with as many decimals as tell them apart. */
export function numberTicks(from: number, to: number, most: number): Tick[] {
  const rough = (to - from) / Math.max(1, most);
  if (!(rough > 0) || !Number.isFinite(rough)) {
    return [];
  }
  const power = Math.floor(Math.log10(rough));
  const unit = 10 ** power;
  const factor = NICE.find((nice) => nice * unit >= rough * (1 - 1e-9)) ?? 10;
  const step = factor * unit;
  const decimals = Math.max(0, -(factor === 10 ? power + 1 : power));
  const ticks: Tick[] = [];
  // Counted, not summed: sums of 0.1 do not end at 0.3.
  for (let count = Math.ceil(from / step - 1e-9); count * step <= to + step * 1e-9; count++) {
    const at = count * step;
    ticks.push({ at, label: numberLabel(at, decimals) });
  }
  return ticks;
}

function numberLabel(value: number, decimals: number): string {
  if (value === 0) {
    return "0";
  }
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) {
    return String(Number(value.toPrecision(6)).toExponential()).replace("e+", "e");
  }
  return value.toLocaleString("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 20, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 7, 14, 28, 91, 182, 364].map((count) => count * DAY),
];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Returns the minutes by which the reader's clock is ahead of UTC at a time. */
export function zoneOf(time: number): number {
  return -new Date(time).getTimezoneOffset();
}

/** Returns round times of the reader's clock, in milliseconds, at most `most` of them; a midnight says its day. */
export function timeTicks(from: number, to: number, most: number, zone: (time: number) => number = zoneOf): Tick[] {
  const rough = (to - from) / Math.max(1, most);
  if (!(rough > 0) || !Number.isFinite(rough)) {
    return [];
  }
  const step = STEPS.find((candidate) => candidate >= rough) ?? Math.ceil(rough / (364 * DAY)) * 364 * DAY;
  const ticks: Tick[] = [];
  const ahead = zone(from) * MINUTE;
  for (let local = Math.ceil((from + ahead) / step) * step; local - ahead <= to; local += step) {
    // The clock may be changed between two marks: each is asked for its own zone.
    const at = local - zone(local - ahead) * MINUTE;
    if (at >= from && at <= to) {
      ticks.push({ at, label: timeLabel(local, step) });
    }
  }
  return ticks;
}

function timeLabel(local: number, step: number): string {
  const time = new Date(local);
  if (step >= DAY || local % DAY === 0) {
    return `${time.getUTCDate()} ${MONTHS[time.getUTCMonth()]}`;
  }
  const clock = time.toISOString();
  return step < MINUTE ? clock.slice(11, 19) : clock.slice(11, 16);
}
