import { fold } from "./fold";
import type { Line } from "./lines";
import { severities, type Severity } from "./severity";
import { paint, type Span } from "./spans";
import { PLAIN, type Style } from "./style";

/** A line as it is drawn. */
export interface DrawnLine {
  line: Line;
  spans: Span[];
  severity: Severity;
  hidden: number; // characters that are folded
}

interface Cached {
  begin: Style;
  isUnfolded: boolean;
  end: Style;
  drawn: DrawnLine;
}

/** Draws lines; those that were drawn before are the same objects, so that they need no new elements. */
export function createDrawing() {
  const cache = new WeakMap<Line, Cached>();

  function draw(line: Line, begin: Style, isUnfolded: boolean): Cached {
    const former = cache.get(line);
    if (former !== undefined && former.begin === begin && former.isUnfolded === isUnfolded) {
      return former;
    }
    const { text, hidden } = isUnfolded ? { text: line.text, hidden: 0 } : fold(line.text);
    const { spans, style } = paint(text, begin);
    const cached: Cached = { begin, isUnfolded, end: style, drawn: { line, spans, severity: "", hidden } };
    cache.set(line, cached);
    return cached;
  }

  return {
    /** Returns the lines as they are drawn. `unfolded` has the bytes where the lines begin that are shown whole. */
    of(lines: readonly Line[], unfolded: ReadonlySet<number>): DrawnLine[] {
      let style = PLAIN;
      const drawn = lines.map((line) => {
        const one = draw(line, style, unfolded.has(line.at));
        style = one.end;
        return one;
      });
      const found = severities(drawn.map((one) => textOf(one.drawn.spans)));
      return drawn.map((one, index) => {
        const severity = found[index] ?? "";
        if (one.drawn.severity !== severity) {
          one.drawn = { ...one.drawn, severity };
        }
        return one.drawn;
      });
    },
  };
}

function textOf(spans: readonly Span[]): string {
  return spans.length === 1 ? (spans[0]?.text ?? "") : spans.map((span) => span.text).join("");
}
