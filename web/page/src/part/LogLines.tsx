import { memo } from "preact/compat";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { createDrawing, type DrawnLine } from "../log/drawn";
import { marked } from "../log/marks";
import { isAtEnd } from "../log/pages";
import type { LogReader } from "../store/logReader";
import { numberText } from "./words";
import "./LogLines.css";

/** Pixels from an end at which more lines are asked for. */
const NEAR = 600;

interface Props {
  reader: LogReader;
  isWrapped: boolean;
  label: string;
  onLine?: (number: number) => void; // the reader has chosen a line
}

/** The lines of a log that are shown. More come when one scrolls to an end; the lines that are seen stay where they are. */
export function LogLines({ reader, isWrapped, label, onLine }: Props) {
  const { held, line: at } = reader.state.value;
  const sought = reader.search.value?.sought ?? "";
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  const drawing = useMemo(createDrawing, []);
  const list = useRef<HTMLOListElement>(null);
  const hasEarlier = held !== null && (held.first > 0 || (held.pages[0]?.from ?? 0) > 0);
  const chosen = useRef(onLine); // a line that is not drawn again calls the newest one
  chosen.current = onLine;
  useScrolling(list, reader, isWrapped);

  const drawn = held === null ? [] : drawing.of(held.lines.slice(held.first, held.last), unfolded);
  return (
    <ol class={isWrapped ? "log-lines wrapped" : "log-lines"} ref={list} tabIndex={0} aria-label={label} data-log>
      {hasEarlier && (
        <li class="log-more">
          <button class="button quiet" onClick={() => void reader.earlier()}>
            Earlier lines
          </button>
        </li>
      )}
      {drawn.map((one, index) => (
        <LogLine
          key={one.line.at}
          drawn={one}
          goesOn={index > 0 && drawn[index - 1]?.line.isWhole === false}
          sought={sought}
          isAt={one.line.at === at}
          onLine={(number) => chosen.current?.(number)}
          onUnfold={(byte) => setUnfolded((former) => new Set([...former, byte]))}
        />
      ))}
    </ol>
  );
}

interface LineProps {
  drawn: DrawnLine;
  goesOn: boolean;
  sought: string;
  isAt: boolean;
  onLine: (number: number) => void;
  onUnfold: (byte: number) => void;
}

const LogLine = memo(
  function LogLine({ drawn, goesOn, sought, isAt, onLine, onUnfold }: LineProps) {
    const { line, spans, severity, hidden } = drawn;
    const number = line.number;
    return (
      <li class={[severity, isAt ? "at" : ""].join(" ").trim() || undefined} data-at={line.at} aria-current={isAt || undefined}>
        <span class="log-number" onClick={() => number !== undefined && onLine(number)}>
          {goesOn ? "" : number}
        </span>
        <span class="log-text">
          {marked(spans, sought).map((span) =>
            span.isMatch ? (
              <mark class={span.classes || undefined}>{span.text}</mark>
            ) : span.raw !== undefined ? (
              <span class="hidden-mark" data-shown={span.text}>
                {span.raw}
              </span>
            ) : span.classes !== "" ? (
              <span class={span.classes}>{span.text}</span>
            ) : (
              span.text
            ),
          )}
          {line.states > 1 && (
            <span class="log-note" title="The line was printed over, as progress bars are; this is its last state.">
              {" "}
              {numberText(line.states)} states
            </span>
          )}
          {hidden > 0 && (
            <button class="log-unfold" onClick={() => onUnfold(line.at)}>
              {numberText(hidden)} more characters
            </button>
          )}
        </span>
      </li>
    );
  },
  (former, next) =>
    former.drawn === next.drawn &&
    former.goesOn === next.goesOn &&
    former.sought === next.sought &&
    former.isAt === next.isAt,
);

/** Keeps the place of a reader when lines come, and asks for lines near the ends. */
function useScrolling(list: { current: HTMLOListElement | null }, reader: LogReader, isWrapped: boolean): void {
  const { held, isFollowed, line, newLines } = reader.state.value;
  const seen = useRef<{ at: string; offset: number } | null>(null);
  const wasAtEnd = useRef(true);
  const lastLine = useRef<number | null>(null);

  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) {
      return;
    }
    const remember = () => {
      wasAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < 4;
      seen.current = firstSeen(element);
    };
    const scrolled = () => {
      const former = seen.current;
      remember();
      const { held: now, isFollowed: follows } = reader.state.peek();
      if (follows && !wasAtEnd.current && former !== null) {
        reader.follow(false);
      }
      if (now !== null && element.scrollTop < NEAR) {
        void reader.earlier();
      } else if (now !== null && element.scrollHeight - element.scrollTop - element.clientHeight < NEAR) {
        void (wasAtEnd.current && isAtEnd(now) && reader.state.peek().newLines > 0 ? reader.end() : reader.later());
      }
    };
    element.addEventListener("scroll", scrolled, { passive: true });
    return () => element.removeEventListener("scroll", scrolled);
  }, [list, reader]);

  useLayoutEffect(() => {
    const element = list.current;
    if (element === null || held === null) {
      return;
    }
    const target = line !== null && line !== lastLine.current ? element.querySelector<HTMLElement>(`[data-at="${line}"]`) : null;
    lastLine.current = line;
    if (target !== null) {
      element.scrollTop = target.offsetTop - element.offsetTop - element.clientHeight / 3;
    } else if (isFollowed || (wasAtEnd.current && isAtEnd(held) && newLines === 0)) {
      element.scrollTop = element.scrollHeight;
    } else if (seen.current !== null) {
      const anchor = element.querySelector<HTMLElement>(`[data-at="${seen.current.at}"]`);
      if (anchor !== null) {
        element.scrollTop = anchor.offsetTop - element.offsetTop - seen.current.offset;
      }
    }
    seen.current = firstSeen(element);
  }, [held, isFollowed, line, isWrapped]);
}

/** Returns the first line that is seen, and how far below the top it is. Lines are in order, so that halves are enough. */
function firstSeen(element: HTMLElement): { at: string; offset: number } | null {
  const lines = element.children;
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const line = lines[middle] as HTMLElement;
    if (line.offsetTop - element.offsetTop + line.offsetHeight > element.scrollTop) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  for (let index = low; index < lines.length; index++) {
    const line = lines[index] as HTMLElement;
    if (line.dataset["at"] !== undefined) {
      return { at: line.dataset["at"], offset: line.offsetTop - element.offsetTop - element.scrollTop };
    }
  }
  return null;
}
