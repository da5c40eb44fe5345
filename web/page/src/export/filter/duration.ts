const PART = /\s*(\d+)(?:\.(\d+))?\s*([A-Za-z]+)/y;
const ISO = /^([-+]?)P(?:([-+]?\d+)D)?(T(?:([-+]?\d+)H)?(?:([-+]?\d+)M)?(?:([-+]?\d+)(?:[.,](\d{0,9}))?S)?)?$/i;
const LONGEST = 1000;
const SECOND = 1_000_000_000n;
const UNITS: readonly (readonly [bigint, ...string[]])[] = [
  [1n, "ns", "nanosecond", "nanoseconds"],
  [1000n, "us", "microsecond", "microseconds"],
  [1_000_000n, "ms", "millisecond", "milliseconds"],
  [SECOND, "s", "sec", "secs", "second", "seconds"],
  [60n * SECOND, "min", "mins", "minute", "minutes"],
  [3600n * SECOND, "h", "hour", "hours"],
  [86_400n * SECOND, "d", "day", "days"],
  [604_800n * SECOND, "w", "week", "weeks"],
];

/** Returns the milliseconds of a duration such as `1h 30min`, `1.5d` or `PT5M`; undefined for another text. */
export function millisecondsOf(text: string): number | undefined {
  const stripped = text.trim();
  if (text.length > LONGEST) {
    return undefined;
  }
  const nanos = /^[-+]?p/i.test(stripped) ? isoNanos(stripped) : unitNanos(stripped);
  return nanos === undefined ? undefined : inMilliseconds(nanos);
}

function unitNanos(text: string): bigint | undefined {
  let nanos = 0n;
  let before: bigint | undefined;
  let end = 0;
  while (end < text.length) {
    PART.lastIndex = end;
    const [all = "", whole = "0", fraction = "", name = ""] = PART.exec(text) ?? [];
    const unit = UNITS.find(([, ...names]) => names.includes(name.toLowerCase()))?.[0];
    if (all === "" || unit === undefined || (before !== undefined && before <= unit)) {
      return undefined;
    }
    const scale = 10n ** BigInt(fraction.length);
    const parts = BigInt(whole + fraction) * unit;
    if (parts % scale !== 0n) {
      return undefined;
    }
    nanos += parts / scale;
    before = unit;
    end += all.length;
  }
  return before === undefined ? undefined : nanos;
}

function isoNanos(text: string): bigint | undefined {
  const parts = ISO.exec(text);
  if (parts === null || parts[3]?.toUpperCase() === "T" || (parts[2] === undefined && parts[3] === undefined)) {
    return undefined;
  }
  const [, sign = "", days = "0", , hours = "0", minutes = "0", seconds = "0", fraction = ""] = parts;
  const below = BigInt((seconds.startsWith("-") ? "-" : "") + fraction.padEnd(9, "0"));
  const whole = BigInt(days) * 86_400n + BigInt(hours) * 3600n + BigInt(minutes) * 60n + BigInt(seconds);
  return (sign === "-" ? -1n : 1n) * (whole * SECOND + below);
}

/** Returns what the server computes for the same duration: both round alike. */
function inMilliseconds(nanos: bigint): number {
  const below = ((nanos % SECOND) + SECOND) % SECOND;
  return Number((nanos - below) / SECOND) * 1000 + Number(below) / 1e6;
}
