import { quantile } from "./student";

/** Returns the mean of values, whose rounding errors are summed too, so that their order hardly counts. */
export function meanOf(values: readonly number[]): number {
  if (!values.every(Number.isFinite)) {
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  }
  let sum = 0;
  let error = 0;
  for (const value of values) {
    const next = sum + value;
    error += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return (sum + error) / values.length;
}

/** Returns half the width of the confidence interval of the mean; undefined for a single value, and for infinite ones. */
export function halfWidthOf(values: readonly number[], level: number): number | undefined {
  if (values.length < 2 || !values.every(Number.isFinite)) {
    return undefined;
  }
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / (values.length - 1));
  return (quantile((1 - level) / 2, values.length - 1) * deviation) / Math.sqrt(values.length);
}
