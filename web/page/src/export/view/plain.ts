import { paint } from "../../log/spans";
import { PLAIN } from "../../log/style";

/** Returns a text of other people with its invisible characters made visible: marks of direction, controls, halves of pairs. */
export function plain(text: string): string {
  const spans = paint(text, PLAIN).spans;
  return spans.length === 1 ? (spans[0]?.text ?? "") : spans.map((span) => span.text).join("");
}
