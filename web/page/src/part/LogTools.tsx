import { useEffect, useState } from "preact/hooks";
import { keysOf } from "../keys/table";
import type { LogSearch } from "../store/logSearch";
import type { LogReader } from "../store/logReader";
import { useStore } from "../store/use";
import { Icon } from "./Icon";
import { numberText } from "./words";

/** What of a log the address names. */
export interface LogChoice {
  attempt?: number;
  stream?: "out" | "err";
  find?: string;
  line?: number;
}

interface Props {
  reader: LogReader;
  title: string;
  attempts: readonly number[];
  choice: LogChoice;
  onChoice: (change: LogChoice) => void;
  searchField: { current: HTMLInputElement | null };
  hasKeys: boolean;
}

const STREAMS = [
  ["out", "Output"],
  ["err", "Errors"],
] as const;

/** The bar above a log: which log, the search in it, and how it is shown. */
export function LogTools(props: Props) {
  const { reader, title, attempts, choice, onChoice, hasKeys } = props;
  const { preferences } = useStore();
  const { answer, isFollowed } = reader.state.value;
  const isWrapped = preferences.areLinesWrapped.value;
  const stream = answer?.stream ?? choice.stream;
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
      <span class="segments" role="group" aria-label="Stream">
        {STREAMS.map(([name, word]) => (
          <button key={name} aria-pressed={stream === name} onClick={() => onChoice({ stream: name })}>
            {word}
          </button>
        ))}
      </span>
      <span class="end">
        <LogFind {...props} />
        <button class="button" aria-pressed={isWrapped} onClick={() => preferences.toggleWrap()}>
          Wrap {key("wrap")}
        </button>
        {answer?.isGrowing === true && (
          <button class="button" aria-pressed={isFollowed} onClick={() => reader.follow(!isFollowed)}>
            Follow {key("follow")}
          </button>
        )}
      </span>
    </div>
  );
}

const PAUSE = 250;

function LogFind({ reader, choice, onChoice, searchField }: Props) {
  const store = useStore();
  const [text, setText] = useState(choice.find ?? "");
  const search = reader.search.value;

  useEffect(() => {
    if (text === (choice.find ?? "")) {
      return;
    }
    return store.host.after(PAUSE, () => begin(text));
  }, [text]);

  function begin(sought: string): void {
    reader.find(sought);
    onChoice({ find: sought });
  }

  function press(event: KeyboardEvent): void {
    if (event.key === "Enter") {
      event.preventDefault();
      if (text === (choice.find ?? "")) {
        reader.step(event.shiftKey ? -1 : 1);
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
          {search === null ? "" : searchText(search)}
        </span>
        {search !== null && !search.isDone && (
          <button class="button quiet" onClick={() => reader.stopSearch()}>
            Stop
          </button>
        )}
      </label>
      <button class="button icon-only" aria-label="Previous match" title="Previous match (N)" onClick={() => reader.step(-1)}>
        ↑
      </button>
      <button class="button icon-only" aria-label="Next match" title="Next match (n)" onClick={() => reader.step(1)}>
        ↓
      </button>
    </>
  );
}

/** Returns how far a search is: `1 of 3`, `2 of 7 in 34 %`; `3 found` until the reader goes to one of them. */
export function searchText(search: LogSearch): string {
  if (search.problem !== undefined) {
    return search.problem;
  }
  const share = search.isDone || search.size === 0 ? "" : ` in ${Math.floor((100 * search.read) / search.size)} %`;
  if (search.count === 0) {
    return search.isDone ? "none" : `none${share}`;
  }
  if (search.at < 0) {
    return `${numberText(search.count)} found${share}`;
  }
  return `${numberText(search.at + 1)} of ${numberText(search.count)}${share}`;
}
