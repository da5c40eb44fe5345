import { foundIn } from "../log/found";
import { logQuestion, type Owner } from "../wire/questions";
import type { Host } from "./host";
import type { LogSource } from "./logReader";

/** The server reads no less at once: what comes too much is cut by the reader. */
const LEAST = 1024;

/** Returns the logs of an owner, read from the server. */
export function logSource(host: Host, owner: Owner): LogSource {
  return {
    page: (log, { count, ...range }, signal) =>
      host.ask(logQuestion(owner, { ...log, ...range, count: Math.max(LEAST, count) }), signal),
    async *search(log, text, isRegex, signal) {
      const parameters = isRegex ? { ...log, text, regex: true, case: true } : { ...log, text };
      yield* foundIn(await host.askForStream(logQuestion(owner, parameters, true), signal));
    },
    soon(act) {
      let stop = () => {};
      let isStopped = false;
      host.beforeFrame(() => {
        if (!isStopped) {
          stop = host.after(0, act); // the frame is drawn first
        }
      });
      return () => {
        isStopped = true;
        stop();
      };
    },
    every(milliseconds, act) {
      let isStopped = false;
      let stop = () => {};
      const again = () => {
        if (!isStopped) {
          if (!host.isHidden()) {
            act();
          }
          stop = host.after(milliseconds, again);
        }
      };
      stop = host.after(milliseconds, again);
      return () => {
        isStopped = true;
        stop();
      };
    },
  };
}
