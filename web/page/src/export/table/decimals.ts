const WITHOUT_INTERVAL = 4;
const MOST = 6;
const LEAST_IN_EXPONENT_FORM = 1e9;
const MOST_IN_EXPONENT_FORM = 1e-4;
const MOST_WHOLE = 1e18;

/**
 * Returns the printer of the numbers of a metric, which all have as many decimals as show two digits of the lower median
 * of the half widths.
 */
export function printerOf(means: readonly number[], halves: readonly number[]): (value: number) => string {
  const widths = halves.filter((width) => width > 0).toSorted((one, other) => one - other);
  const largest = means.filter(Number.isFinite).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const finite = (print: (value: number) => string) => (value: number) => (Number.isFinite(value) ? print(value) : String(value));
  if (largest >= LEAST_IN_EXPONENT_FORM || (largest > 0 && largest < MOST_IN_EXPONENT_FORM)) {
    return finite(exponentText);
  }
  const width = widths[Math.floor((widths.length - 1) / 2)];
  if (width === undefined) {
    const isWhole = means.every((value) => Math.abs(value) < MOST_WHOLE && Number.isInteger(value));
    return finite((value) => fixedText(value, isWhole ? 0 : WITHOUT_INTERVAL));
  }
  const decimals = Math.min(MOST, Math.max(0, 1 - Math.floor(Math.log10(width))));
  return finite((value) => fixedText(value, decimals));
}

/** Returns the digits of a finite number, and the power of ten before them: 0.digits × 10^power. */
function digitsOf(value: number): { digits: string; power: number } {
  const [mantissa = "0", exponent = "0"] = Math.abs(value).toExponential().split("e");
  return { digits: mantissa.replace(".", ""), power: Number(exponent) + 1 };
}

/** Returns digits that are rounded half up behind the first few, as Java's formats round the decimal text of a number. */
function rounded(digits: string, count: number): { digits: string; carry: number } {
  if (count < 0 || digits.length <= count) {
    return { digits: count < 0 ? "" : digits.padEnd(count, "0"), carry: 0 };
  }
  const isUp = (digits[count] ?? "0") >= "5";
  const kept = digits.slice(0, count);
  const next = isUp ? String(BigInt(`0${kept}`) + 1n).padStart(count, "0") : kept;
  return { digits: next, carry: next.length - count };
}

/** Returns a number with a count of decimals, as `%.4f` of Java. */
export function fixedText(value: number, decimals: number): string {
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const { digits, power } = value === 0 ? { digits: "0", power: 1 } : digitsOf(value);
  const { digits: kept } = rounded(digits, power + decimals);
  const all = kept.padStart(decimals + 1, "0");
  return sign + (decimals === 0 ? all : `${all.slice(0, -decimals)}.${all.slice(-decimals)}`);
}

/** Returns a number as `%.3e` of Java. */
function exponentText(value: number): string {
  if (value === 0) {
    return "0.000e+00";
  }
  const { digits, power } = digitsOf(value);
  const { digits: kept, carry } = rounded(digits, 4);
  const exponent = power - 1 + carry;
  const shown = `${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
  return `${value < 0 ? "-" : ""}${kept[0]}.${kept.slice(1, 4)}e${shown}`;
}
