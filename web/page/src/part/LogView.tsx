import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { useKeys } from "../keys/use";
import { isAtEnd } from "../log/pages";
import { createLogReader, type LogName, type LogReader } from "../store/logReader";
import { logSource } from "../store/logSource";
import { useStore } from "../store/use";
import type { Owner } from "../wire/questions";
import { goToError, LogFoot } from "./LogFoot";
import { LogLines } from "./LogLines";
import { LogTools, STREAMS, type LogChoice, type Streams } from "./LogTools";
import { counted, numberText } from "./words";
import "./LogView.css";

interface Props {
  owner: Owner;
  attempts: readonly number[]; // that the job has had, the last one at the end
  choice: LogChoice;
  onChoice: (change: LogChoice) => void;
  usual?: "out" | "err"; // the stream that is shown unless the address names one
  title?: string;
  hasKeys?: boolean; // of several logs on a screen, one has the keys
}

/**
 * A log: it opens at its end, or at the line or the text that the address names. Both streams are beside each
 * other where there is room, and one below the other elsewhere.
 */
export function LogView({ owner, attempts, choice, onChoice, usual = "out", title = "Log", hasKeys = true }: Props) {
  const store = useStore();
  const path = owner.join("\n");
  const attempt = choice.attempt ?? attempts.at(-1);
  // Once for an attempt: when a job fails, the reader of its output stays there.
  const streams = useMemo((): Streams => choice.stream ?? usual, [store, path, attempt, choice.stream]);
  const names = streams === "both" ? (["out", "err"] as const) : ([streams] as const);
  const readers = useMemo(() => names.map(() => createLogReader(logSource(store.host, owner))), [store, path, names.length]);
  const searchField = useRef<HTMLInputElement>(null);

  // Before the rest of the screen is painted, which takes longer than the answer.
  useLayoutEffect(() => {
    readers.forEach((reader, index) => {
      const stream = names[index];
      const name: LogName = { ...(choice.attempt === undefined ? {} : { attempt: choice.attempt }), ...(stream === undefined ? {} : { stream }) };
      void reader.open(name, choice.line === undefined ? { end: true } : { line: choice.line });
      if (choice.find !== undefined && choice.find !== "") {
        reader.find(choice.find, choice.line === undefined);
      }
    });
    return () => readers.forEach((reader) => reader.close());
  }, [readers, attempt, streams]);

  useLogKeys(readers, streams, hasKeys, attempts, choice, onChoice, searchField);
  return (
    <section class="log-view" aria-label={title}>
      <LogTools {...{ hasStreams: owner[0] === "jobs", readers, streams, title, attempts, choice, onChoice, searchField, hasKeys }} />
      <div class="log-panes">
        {readers.map((reader, index) => (
          <LogPane key={names[index]} reader={reader} title={readers.length === 1 ? title : wordOf(names[index])} isNamed={readers.length > 1} hasKeys={hasKeys && index === 0} onChoice={onChoice} />
        ))}
      </div>
    </section>
  );
}

function wordOf(stream: "out" | "err" | undefined): string {
  return STREAMS.find(([name]) => name === stream)?.[1] ?? "";
}

interface PaneProps {
  reader: LogReader;
  title: string;
  isNamed: boolean; // its title is drawn, because another log is beside it
  hasKeys: boolean;
  onChoice: (change: LogChoice) => void;
}

/** The lines of one stream. */
function LogPane({ reader, title, isNamed, hasKeys, onChoice }: PaneProps) {
  const store = useStore();
  const { answer, held, newLines, problem } = reader.state.value;
  const none = held !== null && held.lines.length === 0 ? (answer?.none ?? "It has printed nothing yet.") : null;
  return (
    <div class="log-pane">
      {isNamed && <h3>{title}</h3>}
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
    </div>
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

/** The stream after another one, by its key. */
const NEXT: Record<Streams, Streams> = { out: "err", err: "both", both: "out" };

function useLogKeys(
  readers: readonly LogReader[],
  streams: Streams,
  hasKeys: boolean,
  attempts: readonly number[],
  choice: LogChoice,
  onChoice: (change: LogChoice) => void,
  searchField: { current: HTMLInputElement | null },
): void {
  const store = useStore();
  const each = (act: (reader: LogReader) => unknown) => (): void => readers.forEach((reader) => void act(reader));
  const inFocus = (act: (reader: LogReader) => unknown) => (): void | false => {
    const reader = isLogFocused() ? readers[focusedPane()] : undefined;
    return reader === undefined || reader.state.peek().held === null ? false : void act(reader);
  };
  const isFollowed = readers.every((reader) => reader.state.value.isFollowed);
  useKeys(
    !hasKeys
      ? {}
      : {
          filter: (event) => {
            event.preventDefault();
            searchField.current?.focus();
            searchField.current?.select();
          },
          follow: each((reader) => (reader.state.peek().answer?.isGrowing === true ? reader.follow(!isFollowed) : reader.end())),
          firstError: () => void goToError(readers, store.toasts.say),
          nextMatch: each((reader) => reader.step(1)),
          previousMatch: each((reader) => reader.step(-1)),
          end: each((reader) => reader.end()),
          first: inFocus((reader) => reader.beginning()),
          last: () => {
            const held = readers[focusedPane()]?.state.peek().held ?? null;
            return held !== null && !isAtEnd(held) ? inFocus((reader) => reader.end())() : false;
          },
          wrap: () => store.preferences.toggleWrap(),
          stream: () => onChoice({ stream: NEXT[streams] }),
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

/** Returns the index of the log that has the focus, of those that are beside each other. */
function focusedPane(): number {
  const pane = document.activeElement?.closest(".log-pane");
  return pane === null || pane === undefined ? 0 : [...(pane.parentElement?.children ?? [])].indexOf(pane);
}
