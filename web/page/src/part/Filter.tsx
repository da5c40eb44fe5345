import { useEffect, useRef, useState } from "preact/hooks";
import { accepted, FIELD_NAMES, matching, pieceAt, STATE_NAMES, type Piece } from "../address/complete";
import { valueText } from "../address/filter";
import { filterOf, scopeOf, filtered } from "../address/view";
import { useKeys } from "../keys/use";
import { useAnswer, useStore } from "../store/use";
import { groupsQuestion, OTHERS } from "../wire/questions";
import type { Problem } from "../wire/request";
import type { JobsAnswer } from "../wire/types";
import { Icon } from "./Icon";
import { Mistake } from "./Mistake";
import "./Filter.css";

/** After a key that the list has followed, it follows the next ones together, so many milliseconds later. */
const PAUSE = 40;

/** The filter of all views. While it has a mistake, the last list that was right stays. */
export function Filter({ columns, problem }: { columns: readonly string[]; problem: Problem | undefined }) {
  const store = useStore();
  const view = store.view.value;
  const q = filterOf(view);
  const input = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState(q);
  const [piece, setPiece] = useState<Piece>();
  const [active, setActive] = useState(-1);
  const sent = useRef(q);
  const stop = useRef<() => void>(); // the pause that has not ended
  const typed = useRef<string>(); // in the pause

  useEffect(() => {
    const now = filterOf(store.view.peek()); // more may have been sent since q was drawn
    if (now !== sent.current) {
      endPause();
      sent.current = now;
      setDraft(now);
    }
  }, [q]);
  useEffect(() => endPause, []);
  useKeys({
    filter: (event) => {
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    },
  });

  const options = useOptions(piece, columns);
  const isOpen = piece !== undefined && options.length > 0;

  function send(text: string, isTyping: boolean): void {
    endPause();
    sent.current = text.trim();
    store.setFilter(text.trim(), isTyping);
  }

  function endPause(): void {
    stop.current?.();
    stop.current = undefined;
    typed.current = undefined;
  }

  /** The first key is followed at once, and those that come in the pause after it at its end. */
  function follow(text: string): void {
    if (stop.current !== undefined) {
      typed.current = text;
      return;
    }
    send(text, true);
    stop.current = store.host.after(PAUSE, () => {
      const next = typed.current;
      endPause();
      if (next !== undefined) {
        follow(next);
      }
    });
  }

  function type(text: string, caret: number): void {
    setDraft(text);
    setPiece(pieceAt(text, caret));
    setActive(-1);
    if (filtered(view, text).screen === view.screen) {
      follow(text);
    }
  }

  function accept(option: string): void {
    if (piece !== undefined) {
      const next = accepted(draft, piece, option);
      type(next.q, next.caret);
      queueMicrotask(() => input.current?.setSelectionRange(next.caret, next.caret));
    }
  }

  function press(event: KeyboardEvent): void {
    const move = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const chosen = options[active];
    if (move !== 0 && isOpen) {
      event.preventDefault();
      setActive((active + move + options.length + 1) % (options.length + 1) === options.length ? -1 : (active + move + options.length) % options.length);
    } else if ((event.key === "Enter" || event.key === "Tab") && isOpen && chosen !== undefined) {
      event.preventDefault();
      accept(chosen);
    } else if (event.key === "Enter") {
      setPiece(undefined);
      send(draft, false);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (isOpen) {
        setPiece(undefined);
      } else {
        input.current?.blur();
      }
    }
  }

  return (
    <div class="filter">
      <div class="find">
        <Icon name="find" />
        <input
          ref={input}
          type="text"
          role="combobox"
          aria-label="Filter jobs"
          aria-expanded={isOpen}
          aria-controls="filter-options"
          aria-autocomplete="list"
          aria-invalid={problem?.at !== undefined}
          {...(active >= 0 ? { "aria-activedescendant": `filter-option-${active}` } : {})}
          {...(problem?.at === undefined ? {} : { "aria-describedby": "filter-mistake" })}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          placeholder="state=failed, k1=0.6..1.2, not host=node05, age<2h, error~space"
          value={draft}
          onInput={(event) => type(event.currentTarget.value, event.currentTarget.selectionStart ?? event.currentTarget.value.length)}
          onKeyDown={press}
          onBlur={() => setPiece(undefined)}
        />
        {draft === "" ? <kbd aria-hidden="true">/</kbd> : <ClearButton clear={() => (setDraft(""), send("", false))} />}
        <ul id="filter-options" class="options mono" role="listbox" aria-label="Completions" hidden={!isOpen}>
          {options.map((option, index) => (
            <li
              key={option}
              id={`filter-option-${index}`}
              role="option"
              aria-selected={index === active}
              onPointerDown={(event) => (event.preventDefault(), accept(option))}
            >
              {option}
            </li>
          ))}
        </ul>
      </div>
      {problem?.at === undefined ? null : <Mistake q={q} at={problem.at} length={problem.length ?? 1} words={mistakeWords(problem)} />}
    </div>
  );
}

function ClearButton({ clear }: { clear: () => void }) {
  return (
    <button type="button" class="clear-filter" aria-label="Clear the filter" onClick={clear}>
      <Icon name="close" />
    </button>
  );
}

/** Returns what is wrong with a filter, and the names that may be meant. */
export function mistakeWords({ error, near = [] }: Problem): string {
  return near.length === 0 ? error : `${error}; near: ${near.join(", ")}`;
}

/** Returns the completions of a piece: names of fields and columns, or the values that jobs have. */
function useOptions(piece: Piece | undefined, columns: readonly string[]): string[] {
  const store = useStore();
  const scope = scopeOf(store.view.value);
  const name = piece?.name;
  const asksServer = name !== undefined && name !== "state" && !["age", "time", "duration", "cpu", "gc", "memory", "id", "error", "attempt"].includes(name);
  const question = asksServer ? groupsQuestion({ ...(scope === undefined ? {} : { scope }), by: [name] }) : undefined;
  const { value, isFormer } = useAnswer<JobsAnswer>(question);
  if (piece === undefined) {
    return [];
  }
  if (name === undefined) {
    return piece.prefix === "" ? [] : matching([...FIELD_NAMES, ...columns], piece.prefix);
  }
  if (name === "state") {
    return matching(STATE_NAMES, piece.prefix);
  }
  const isOfName = asksServer && !isFormer && value?.by[0] === name; // a name with too many values is answered by types
  const values = isOfName ? value.groups.filter((group) => !group.isMissing && group.key !== OTHERS).map((group) => valueText(group.label)) : [];
  return matching(values, piece.prefix);
}
