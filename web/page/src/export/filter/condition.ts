import type { FilterName } from "./names";
import type { Operator } from "./text";

/** The right side of a comparison: a text, or a range whose missing ends are open. */
export type Operand = { text: string } | { low: string | undefined; high: string | undefined };

/** A node of a filter. `place` is where a name stands. */
export type Condition =
  | { all: Condition[] }
  | { either: Condition[] }
  | { not: Condition }
  | { word: string }
  | { name: FilterName; operator: Operator; operands: Operand[]; place: number };
