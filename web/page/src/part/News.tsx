import { useEffect, useRef, useState } from "preact/hooks";
import { useStore } from "../store/use";
import type { ReasonGroup } from "../wire/types";
import { counted } from "./words";

const WORDS = { running: "goes on", ended: "has ended", died: "has died", unknown: "cannot be seen from here" };

/** So often, at most, something is said to those who listen to the page. */
const PAUSE = 10_000;

/** What has happened in the run, said politely: jobs that have failed, and its end. */
export function News() {
  const store = useStore();
  const run = store.run.value;
  const [words, setWords] = useState("");
  const before = useRef<{ run: string; failed: number; state: string } | undefined>(undefined);
  const [isQuiet, setQuiet] = useState(false);
  useEffect(() => {
    if (run === undefined || isQuiet) {
      return;
    }
    const now = { run: run.run.run, failed: run.run.counts.failed ?? 0, state: run.run.state };
    const last = before.current;
    before.current = now;
    if (last === undefined || last.run !== now.run) {
      return;
    }
    const failed = now.failed > last.failed ? `${counted(now.failed - last.failed, "job")} failed${latest(run.failures)}. ` : "";
    const ended = now.state !== last.state ? `The run ${WORDS[now.state]}. ` : "";
    if (failed + ended !== "") {
      setWords(failed + ended);
      setQuiet(true);
      store.host.after(PAUSE, () => setQuiet(false)); // what has happened by then is said then
    }
  }, [run, isQuiet]);
  return (
    <p class="unseen" role="status" aria-live="polite">
      {words}
    </p>
  );
}

/** Returns the reason of the last failure: the most frequent one may be that of jobs which failed long ago. */
function latest(groups: readonly ReasonGroup[]): string {
  const [group] = groups.toSorted((a, b) => (b.last ?? "").localeCompare(a.last ?? ""));
  return group === undefined ? "" : `: ${group.subject}`;
}
