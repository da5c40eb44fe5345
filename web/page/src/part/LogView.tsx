import { useEffect, useMemo, useRef } from "preact/hooks";
import { useKeys } from "../keys/use";
import { isAtEnd } from "../log/pages";
import { createLogReader, type LogName, type LogReader } from "../store/logReader";
import { logSource } from "../store/logSource";
import { useStore } from "../store/use";
import { goToError, LogFoot } from "./LogFoot";
import { LogLines } from "./LogLines";
import { LogTools, type LogChoice } from "./LogTools";
import { counted, numberText } from "./words";
import "./LogView.css";

interface Props {
  type: string;
  id: string;
  attempts: readonly number[]; // that the job has had, the last one at the end
  choice: LogChoice;
  onChoice: (change: LogChoice) => void;
  usual?: "out" | "err"; // the stream that is shown unless the address names one
  title?: string;
  hasKeys?: boolean; // of several logs on a screen, one has the keys
}

/** A log of a job: it opens at its end, or at the line or the text that the address names. */
export function LogView({ type, id, attempts, choice, onChoice, usual = "out", title = "Log", hasKeys = true }: Props) {
  const store = useStore();
  const reader = useMemo(() => createLogReader(logSource(store.host, type, id)), [store, type, id]);
  const attempt = choice.attempt ?? attempts.at(-1);
  // Once for an attempt: when a job fails, the reader of its output stays there.
  const stream = useMemo(() => choice.stream ?? usual, [reader, attempt, choice.stream]);
  const searchField = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const name: LogName = { ...(choice.attempt === undefined ? {} : { attempt: choice.attempt }), stream };
    void reader.open(name, choice.line === undefined ? { end: true } : { line: choice.line });
    if (choice.find !== undefined && choice.find !== "") {
      reader.find(choice.find, choice.line === undefined);
    }
    return reader.close;
  }, [reader, attempt, stream]);

  useLogKeys(reader, hasKeys, attempts, choice, onChoice, searchField);

  const { answer, held, newLines, problem } = reader.state.value;
  const none = held !== null && held.lines.length === 0 ? (answer?.none ?? "It has printed nothing yet.") : null;
  return (
    <section class="log-view" aria-label={title}>
      <LogTools {...{ reader, title, attempts, choice, onChoice, searchField, hasKeys }} />
      {problem !== null && (
        <p class="log-problem" role="alert">
          {problem} <button class="button" onClick={() => void reader.end()}>Try again</button>
        </p>
      )}
      {none === null ? (
        <LogLines
          reader={reader}
          isWrapped={store.preferences.areLinesWrapped.value}
          label={labelOf(reader, title)}
          onLine={(line) => answer !== null && onChoice({ attempt: answer.attempt, stream: answer.stream, line })}
        />
      ) : (
        <p class="log-none">{none}</p>
      )}
      {newLines > 0 && (
        <button class="button log-new" onClick={() => void reader.end()}>
          {counted(newLines, "new line")}
        </button>
      )}
      <LogFoot reader={reader} hasKeys={hasKeys} />
    </section>
  );
}

function labelOf(reader: LogReader, title: string): string {
  const { held } = reader.state.value;
  const first = held?.lines[held.first]?.number;
  const last = held?.lines[held.last - 1]?.number;
  if (held === null || first === undefined || last === undefined) {
    return title;
  }
  return `${title}, lines ${numberText(first)} to ${numberText(last)}${held.count === undefined ? "" : ` of ${numberText(held.count)}`}`;
}

function useLogKeys(
  reader: LogReader,
  hasKeys: boolean,
  attempts: readonly number[],
  choice: LogChoice,
  onChoice: (change: LogChoice) => void,
  searchField: { current: HTMLInputElement | null },
): void {
  const store = useStore();
  const { answer, held } = reader.state.value;
  useKeys(
    !hasKeys
      ? {}
      : {
          filter: (event) => {
            event.preventDefault();
            searchField.current?.focus();
            searchField.current?.select();
          },
          follow: () => (answer?.isGrowing === true ? reader.follow(!reader.state.value.isFollowed) : void reader.end()),
          firstError: () => void goToError(reader, store.toasts.say),
          nextMatch: () => reader.step(1),
          previousMatch: () => reader.step(-1),
          end: () => void reader.end(),
          first: () => (held !== null && isLogFocused() ? void reader.beginning() : false),
          last: () => (held !== null && !isAtEnd(held) && isLogFocused() ? void reader.end() : false),
          wrap: () => store.preferences.toggleWrap(),
          stream: () => onChoice({ stream: answer?.stream === "err" ? "out" : "err" }),
          attempt: () => {
            const at = choice.attempt === undefined ? attempts.length - 1 : attempts.indexOf(choice.attempt);
            const attempt = attempts[(at + 1) % attempts.length];
            return attempts.length > 1 && attempt !== undefined ? onChoice({ attempt }) : false;
          },
        },
  );
}

function isLogFocused(): boolean {
  return document.activeElement instanceof HTMLElement && document.activeElement.dataset["log"] !== undefined;
}
