/** A decimal number, exactly: its digits without zeros at their ends, and the power of ten before them. */
export interface Decimal {
  sign: -1 | 0 | 1;
  digits: string;
  power: number; // 0.digits × 10^power
}

const NUMBER = /^([+-]?)(\p{Nd}*)(?:(\.)(\p{Nd}*))?(?:[eE]([+-]?\p{Nd}+))?$/u;
const LARGEST_SCALE = 2 ** 31 - 1;

/** Returns the number that a text is, by the rules of the server; undefined if it is none. */
export function decimalOf(text: string): Decimal | undefined {
  const parts = NUMBER.exec(text);
  if (parts === null) {
    return undefined;
  }
  const [, sign, whole = "", , fraction = "", exponent = "0"] = parts;
  const power = Number(asciiDigits(exponent));
  const scale = fraction.length - power;
  if (whole + fraction === "" || Math.abs(power) > LARGEST_SCALE || scale > LARGEST_SCALE || scale < -LARGEST_SCALE - 1) {
    return undefined;
  }
  const all = asciiDigits(whole + fraction);
  const significant = all.replace(/^0+/, "");
  if (significant === "") {
    return { sign: 0, digits: "", power: 0 };
  }
  const before = asciiDigits(whole).length - (all.length - significant.length);
  return { sign: sign === "-" ? -1 : 1, digits: significant.replace(/0+$/, ""), power: before + power };
}

/** Returns less than 0, 0, or more than 0. */
export function compareDecimals(one: Decimal, other: Decimal): number {
  if (one.sign !== other.sign) {
    return one.sign - other.sign;
  }
  const larger = one.power !== other.power ? one.power - other.power : one.digits < other.digits ? -1 : one.digits > other.digits ? 1 : 0;
  return one.sign * larger;
}

/** Returns the digits of any script as those of ASCII. */
function asciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    let zero = code - (code & 15);
    if (!/\p{Nd}/u.test(String.fromCodePoint(zero))) {
      zero += 6;
    }
    return String(code - zero);
  });
}

const FLOAT_DIGITS = 9;

/**
 * Returns the shortest text of the float that a double is, if the double itself has a longer one: 0.9 for
 * 0.8999999761581421. Earlier versions stored floats so.
 */
export function narrowed(text: string): Decimal | undefined {
  const wide = Number(text);
  if (!/[.e]/.test(text) || !Number.isFinite(wide) || Math.fround(wide) !== wide) {
    return undefined;
  }
  for (let digits = 1; digits <= FLOAT_DIGITS; digits++) {
    const short = wide.toPrecision(digits);
    if (Math.fround(Number(short)) === wide) {
      return Number(short) === wide ? undefined : decimalOf(short);
    }
  }
  return undefined;
}
