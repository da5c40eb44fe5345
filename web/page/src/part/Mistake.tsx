import "./Filter.css";

/** Characters of a filter that are shown before and behind its mistake: both are in sight, also on a phone. */
const BEFORE = 24;
const BEHIND = 32;

interface Properties {
  q: string;
  at: number; // index of the first wrong character
  length: number;
  words: string;
}

/** A filter with a caret below its mistake, as the command line prints it; of a long one, the part around the mistake. */
export function Mistake({ q, at, length, words }: Properties) {
  const from = at <= BEFORE ? 0 : at - BEFORE;
  const to = Math.min(q.length, at + Math.max(1, Math.min(length, BEHIND)) + BEHIND);
  const before = from === 0 ? "" : "…";
  const part = `${before}${q.slice(from, to).replace(/\s/g, " ")}${to < q.length ? "…" : ""}`;
  return (
    <div id="filter-mistake" class="mistake" role="alert">
      <pre tabIndex={0}>
        {part}
        {"\n"}
        <span class="is-failed">
          {" ".repeat(before.length + at - from)}
          {"^".repeat(Math.max(1, Math.min(length, to - at)))}
        </span>
      </pre>
      <p class="is-failed small">{words}</p>
    </div>
  );
}
