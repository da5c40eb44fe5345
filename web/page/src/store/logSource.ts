import { foundIn } from "../log/found";
import { logQuestion } from "../wire/questions";
import type { Host } from "./host";
import type { LogSource } from "./logReader";

/** The server reads no less at once: what comes too much is cut by the reader. */
const LEAST = 1024;

/** Returns the logs of a job, read from the server. */
export function logSource(host: Host, type: string, id: string): LogSource {
  return {
    page: (log, { count, ...range }, signal) =>
      host.ask(logQuestion(type, id, { ...log, ...range, count: Math.max(LEAST, count) }), signal),
    async *search(log, text, isRegex, signal) {
      const parameters = isRegex ? { ...log, text, regex: true, case: true } : { ...log, text };
      yield* foundIn(await host.askForStream(logQuestion(type, id, parameters, true), signal));
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
