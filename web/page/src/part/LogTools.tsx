import { useEffect, useState } from "preact/hooks";
import { keysOf } from "../keys/table";
import type { LogSearch } from "../store/logSearch";
import type { LogReader } from "../store/logReader";
import { useStore } from "../store/use";
import { Icon } from "./Icon";
import { numberText } from "./words";

/** The logs of an attempt that are shown: one of its streams, or both. */
export type Streams = "out" | "err" | "both";

/** What of a log the address names. */
export interface LogChoice {
  attempt?: number;
  stream?: Streams;
  find?: string;
  line?: number;
}

interface Props {
  hasStreams: boolean; // its output and its errors are apart
  readers: readonly LogReader[]; // of the streams that are shown: what is done is done in each
  streams: Streams;
  title: string;
  attempts: readonly number[];
  choice: LogChoice;
  onChoice: (change: LogChoice) => void;
  searchField: { current: HTMLInputElement | null };
  hasKeys: boolean;
}

export const STREAMS = [
  ["both", "Both"],
  ["out", "Output"],
  ["err", "Errors"],
] as const;

/** The bar above a log: which log, the search in it, and how it is shown. */
export function LogTools(props: Props) {
  const { hasStreams, readers, streams, title, attempts, choice, onChoice, hasKeys } = props;
  const { preferences } = useStore();
  const isWrapped = preferences.areLinesWrapped.value;
  const isFollowed = readers.every((reader) => reader.state.value.isFollowed);
  const key = (intent: "wrap" | "follow") => (hasKeys ? <kbd>{keysOf(intent)}</kbd> : null);
  return (
    <div class="tools log-tools">
      <h2>{title}</h2>
      {attempts.length > 1 && (
        <select
          class="choice"
          aria-label="Attempt"
          value={choice.attempt ?? attempts.at(-1)}
          onChange={(event) => onChoice({ attempt: Number(event.currentTarget.value) })}
        >
          {attempts.toReversed().map((number) => (
            <option key={number} value={number}>
              attempt {number}
            </option>
          ))}
        </select>
      )}
      {hasStreams && (
        <span class="segments" role="group" aria-label="Stream">
          {STREAMS.map(([name, word]) => (
            <button key={name} aria-pressed={streams === name} onClick={() => onChoice({ stream: name })}>
              {word}
            </button>
          ))}
        </span>
      )}
      <span class="end">
        <LogFind {...props} />
        <button class="button" aria-pressed={isWrapped} onClick={() => preferences.toggleWrap()}>
          Wrap {key("wrap")}
        </button>
        {readers.some((reader) => reader.state.value.answer?.isGrowing) && (
          <button class="button" aria-pressed={isFollowed} onClick={() => readers.forEach((reader) => reader.follow(!isFollowed))}>
            Follow {key("follow")}
          </button>
        )}
      </span>
    </div>
  );
}

const PAUSE = 250;

function LogFind({ readers, choice, onChoice, searchField }: Props) {
  const store = useStore();
  const [text, setText] = useState(choice.find ?? "");
  const searches = readers.flatMap((reader) => reader.search.value ?? []);
  const step = (by: 1 | -1): void => readers.forEach((reader) => reader.step(by));

  useEffect(() => {
    if (text === (choice.find ?? "")) {
      return;
    }
    return store.host.after(PAUSE, () => begin(text));
  }, [text, choice.find]); // a search that has begun by Enter does not begin again after the pause

  function begin(sought: string): void {
    readers.forEach((reader) => reader.find(sought));
    onChoice({ find: sought });
  }

  function press(event: KeyboardEvent): void {
    if (event.key === "Enter") {
      event.preventDefault();
      if (text === (choice.find ?? "")) {
        step(event.shiftKey ? -1 : 1);
      } else {
        begin(text);
      }
    } else if (event.key === "Escape") {
      event.stopPropagation();
      searchField.current?.blur();
    }
  }

  return (
    <>
      <label class="find log-find">
        <Icon name="find" />
        <input
          ref={searchField}
          type="text"
          aria-label="Search in the whole log"
          placeholder="Search in the whole log"
          spellcheck={false}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={press}
        />
        <span class="faint small one-line" role="status">
          {searches.map(searchText).join(" | ")}
        </span>
        {searches.some((search) => !search.isDone) && (
          <button class="button quiet" onClick={() => readers.forEach((reader) => reader.stopSearch())}>
            Stop
          </button>
        )}
      </label>
      <button class="button icon-only" aria-label="Previous match" title="Previous match (N)" onClick={() => step(-1)}>
        ↑
      </button>
      <button class="button icon-only" aria-label="Next match" title="Next match (n)" onClick={() => step(1)}>
        ↓
      </button>
    </>
  );
}

/** Returns how far a search is: `1 of 3`, `2 of 7 in 34 %`, `1 of 1 so far`; `3 found` until the reader goes to one of them. */
export function searchText(search: LogSearch): string {
  if (search.problem !== undefined) {
    return search.problem;
  }
  if (!search.isDone && search.size === 0 && search.count === 0) {
    return "searching";
  }
  const share = search.isDone ? "" : search.size === 0 ? " so far" : ` in ${Math.floor((100 * search.read) / search.size)} %`;
  if (search.count === 0) {
    return `none${share}`;
  }
  if (search.at < 0) {
    return `${numberText(search.count)} found${share}`;
  }
  return `${numberText(search.at + 1)} of ${numberText(search.count)}${share}`;
}
