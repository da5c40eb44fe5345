/** Student's t distribution, by the continued fraction of the incomplete beta function. */

const STEPS = 300;
const PRECISION = 1e-16;
const TINY = 1e-300;

// Lanczos' approximation with g = 7, as in W. H. Press et al., Numerical Recipes, section 6.1.
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

function logGamma(x: number): number {
  if (x < 0.5) {
    return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  }
  const below = x - 1;
  const base = below + 7.5;
  const sum = LANCZOS.reduce((total, factor, index) => (index === 0 ? factor : total + factor / (below + index)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (below + 0.5) * Math.log(base) - base + Math.log(sum);
}

/** Returns the regularized incomplete beta function. */
function beta(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) {
    return x <= 0 ? 0 : 1;
  }
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(1 - x, b, a)) / b;
}

/** Lentz's method for the continued fraction of the incomplete beta function. */
function fraction(x: number, a: number, b: number): number {
  const nonzero = (value: number): number => (Math.abs(value) < TINY ? TINY : value);
  let c = 1;
  let d = 1 / nonzero(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let step = 1; step <= STEPS; step++) {
    const even = (step * (b - step) * x) / ((a + 2 * step - 1) * (a + 2 * step));
    d = 1 / nonzero(1 + even * d);
    c = nonzero(1 + even / c);
    result *= d * c;
    const odd = (-(a + step) * (a + b + step) * x) / ((a + 2 * step) * (a + 2 * step + 1));
    d = 1 / nonzero(1 + odd * d);
    c = nonzero(1 + odd / c);
    result *= d * c;
    if (Math.abs(d * c - 1) < PRECISION) {
      break;
    }
  }
  return result;
}

/** Returns the probability that a value is larger than t, which is not negative. */
function survival(t: number, degrees: number): number {
  return 0.5 * beta(degrees / (degrees + t * t), degrees / 2, 0.5);
}

const quantiles = new Map<string, number>();

/** Returns the t that a value exceeds with a probability, which is less than 0.5. */
export function quantile(probability: number, degrees: number): number {
  const key = `${probability} ${degrees}`;
  const known = quantiles.get(key);
  if (known !== undefined) {
    return known;
  }
  let low = 0;
  let high = 1;
  while (survival(high, degrees) > probability) {
    high *= 2;
  }
  while (high - low > high * 1e-15) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) {
      break;
    }
    if (survival(middle, degrees) > probability) {
      low = middle;
    } else {
      high = middle;
    }
  }
  const found = (low + high) / 2;
  quantiles.set(key, found);
  return found;
}
