const SPACE = "[\\t-\\r\\u001c-\\u001f \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*";
const SIZE = new RegExp(`^${SPACE}(\\d+)(?:\\.(\\d+))?${SPACE}([A-Za-z]+)${SPACE}$`);
const LONGEST = 1000;
const MOST = 2n ** 63n - 1n;
const UNITS: ReadonlyMap<string, bigint> = new Map([
  ["B", 1n],
  ...["K", "M", "G", "T"].flatMap((letter, index): [string, bigint][] => {
    const power = BigInt(index + 1);
    return [
      [letter, 1000n ** power],
      [`${letter}B`, 1000n ** power],
      [`${letter}iB`, 1024n ** power],
    ];
  }),
]);

/** Returns the bytes of a size such as `16G` or `1.5 GiB`, by the rules of the server; undefined for another text. */
export function bytesOf(text: string): number | undefined {
  const [, whole = "", fraction = "", name = ""] = SIZE.exec(text) ?? [];
  const unit = UNITS.get(name);
  if (unit === undefined || whole.length + fraction.length + (fraction === "" ? 0 : 1) > LONGEST) {
    return undefined;
  }
  const scale = 10n ** BigInt(fraction.length);
  const parts = BigInt(whole + fraction) * unit;
  return parts % scale !== 0n || parts / scale > MOST ? undefined : Number(parts / scale);
}
