import type { CompareAnswer, CompareSection } from "../../wire/types";

/** Names of the sections, and what they are about. */
export const SECTIONS: Record<CompareSection["name"], { title: string; about: string }> = {
  parameters: { title: "Parameters", about: "" },
  code: { title: "Code", about: "the identifier does not see this" },
  environment: { title: "Environment", about: "not in the identifier" },
  metrics: { title: "Metrics", about: "difference to the base" },
  results: { title: "Results", about: "" },
};

/** Returns the title in its two parts: `3 jobs of ir.evaluate`, `2 parameters differ, and the code`. */
export function titleOf(answer: Pick<CompareAnswer, "jobs" | "sections">): { jobs: string; differences: string } {
  const types = [...new Set(answer.jobs.map((job) => job.type))];
  const jobs = `${answer.jobs.length} jobs${types.length === 1 ? ` of ${types[0]}` : ""}`;
  const rows = (name: CompareSection["name"]) => answer.sections.find((section) => section.name === name)?.rows.length ?? 0;
  const parameters = rows("parameters");
  const first =
    parameters === 0 ? "no parameter differs" : parameters === 1 ? "1 parameter differs" : `${parameters} parameters differ`;
  const others = (["code", "environment"] as const).filter((name) => rows(name) > 0).map((name) => `the ${name}`);
  const join = parameters === 0 ? ", but " : ", and ";
  return { jobs, differences: others.length === 0 ? first : `${first}${join}${others.join(" and ")}` };
}

/** Returns the index of the base among the jobs: the first job, unless the address names another one. */
export function baseIndex(jobs: readonly { job: string; shortId: string }[], base: string | undefined): number {
  const found = base === undefined ? -1 : jobs.findIndex(({ job, shortId }) => isNamed(job, shortId, base));
  return Math.max(0, found);
}

/** Returns whether an address names a job: by `type/identifier`, or by its identifier or the first digits of it. */
export function isNamed(job: string, shortId: string, name: string): boolean {
  const identifier = job.slice(job.lastIndexOf("/") + 1);
  return name === job || name === shortId || (name.length >= shortId.length && identifier.startsWith(name));
}

/** Returns the difference of two numbers with its sign, in as many digits as the value has: `−0.0073`. */
export function differenceOf(value: string | null, base: string | null): string {
  if (value === null || base === null || value === base || !isNumber(value) || !isNumber(base)) {
    return "";
  }
  const digits = Math.max(decimals(value), decimals(base));
  const difference = Number(value) - Number(base);
  const text = Math.abs(difference).toFixed(digits);
  return `${difference < 0 ? "−" : "+"}${text}`;
}

function isNumber(text: string): boolean {
  return /^[-+]?\d+(\.\d+)?$/.test(text);
}

function decimals(text: string): number {
  const at = text.indexOf(".");
  return at < 0 ? 0 : Math.min(20, text.length - at - 1);
}
