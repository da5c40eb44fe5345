import address from "./layout.worker.ts?worker&url";
import type { LayoutWorker } from "../screen/graph/limited";

/** The browser takes the address of a worker only from a policy; this one makes one address, which the build has fixed. */
let policy: { createScriptURL(text: string): unknown } | undefined;

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(text: string): string }): { createScriptURL(text: string): unknown };
}

/** Returns a new worker that lays out graphs. */
export function openLayoutWorker(): LayoutWorker {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  policy ??= types?.createPolicy("layout-worker", {
    createScriptURL(text) {
      if (text !== address) {
        throw new TypeError(`Only ${address} is a worker, not ${text}`);
      }
      return text;
    },
  });
  const trusted = (policy === undefined ? address : policy.createScriptURL(address)) as string;
  return new Worker(trusted, { type: "module" }) as LayoutWorker;
}
