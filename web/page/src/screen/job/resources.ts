import type { JobAnswer } from "../../wire/types";

/** A resource: how much was asked for, and how much was used. One of both is known at least. */
export interface Resource {
  name: string;
  unit: "bytes" | "seconds" | "number";
  used?: number;
  asked?: number;
}

/** Returns the resources that files tell of. Of cores, a process has used as many on average as it had time of them. */
export function resourcesOf({ asked, cpuSeconds, maxMemoryBytes, seconds }: NonNullable<JobAnswer["resources"]>): Resource[] {
  const { cores, memory, ...others } = asked;
  const busy = cpuSeconds === undefined || seconds === undefined || seconds === 0 ? undefined : Math.round((cpuSeconds / seconds) * 10) / 10;
  const all: Resource[] = [
    resource("Memory", "bytes", maxMemoryBytes, memory),
    resource("Cores", "number", busy, cores),
    resource("CPU time", "seconds", cpuSeconds, undefined),
    resource("Time", "seconds", seconds, undefined),
    ...Object.entries(others).map(([name, amount]) => resource(name.replace(/^accelerators /, ""), "number", undefined, amount)),
  ];
  return all.filter(({ used, asked: amount }) => used !== undefined || amount !== undefined);
}

function resource(name: string, unit: Resource["unit"], used: number | undefined, asked: number | undefined): Resource {
  return { name, unit, ...(used !== undefined && { used }), ...(asked !== undefined && { asked }) };
}
