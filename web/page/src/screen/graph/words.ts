/** A blank before a name: the server joins values such as `ir.search k1=1.5 b=0.4` by blanks, which values may have too. */
const BETWEEN_VALUES = / (?=[^\s=]+=)/;

/** Returns the label of a group as two lines: its first value, and below it the others. */
export function labelLines(label: string): { name: string; rest: string } {
  const [name = "", ...rest] = label.split(BETWEEN_VALUES);
  return { name, rest: rest.join(" ") };
}
