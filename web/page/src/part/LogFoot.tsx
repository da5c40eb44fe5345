import { keysOf } from "../keys/table";
import type { LogReader } from "../store/logReader";
import { useStore } from "../store/use";
import { counted, sizeText } from "./words";

/** The line below a log: how large it is, and the ways through it. */
export function LogFoot({ reader, hasKeys }: { reader: LogReader; hasKeys: boolean }) {
  const store = useStore();
  const { held } = reader.state.value;
  const key = (intent: "firstError" | "end") => (hasKeys ? <kbd>{keysOf(intent)}</kbd> : null);
  return (
    <div class="log-foot small">
      <span>{held === null ? "" : `${held.count === undefined ? "" : `${counted(held.count, "line")}, `}${sizeText(held.size)}`}</span>
      <span class="end one-line">
        <button class="button quiet" onClick={() => void reader.beginning()}>
          beginning
        </button>
        <button class="button quiet" onClick={() => void goToError([reader], store.toasts.say)}>
          {key("firstError")} first error
        </button>
        <button class="button quiet" onClick={() => void reader.end()}>
          {key("end")} end
        </button>
      </span>
    </div>
  );
}

/** Goes to the first error of each log, or says that none has one. */
export async function goToError(readers: readonly LogReader[], say: (text: string) => void): Promise<void> {
  try {
    const found = await Promise.all(readers.map((reader) => reader.firstError()));
    if (!found.includes(true)) {
      say("No line of this log looks like an error");
    }
  } catch (failure) {
    say(failure instanceof Error ? failure.message : String(failure));
  }
}
