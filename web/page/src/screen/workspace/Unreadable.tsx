import { counted } from "../../part/words";

/** The files that cannot be read: what is wrong with them, while the rest is shown. */
export function Unreadable({ problems, total }: { problems: readonly string[]; total: number }) {
  if (problems.length === 0) {
    return null;
  }
  return (
    <details class="note is-problem">
      <summary class="strong">
        Cannot read {counted(problems.length, "file")}. The other jobs of {counted(total, "job")} are shown.
      </summary>
      <ul>
        {problems.slice(0, 50).map((problem) => (
          <li key={problem} class="small">{problem}</li>
        ))}
      </ul>
      {problems.length > 50 ? <p>and {counted(problems.length - 50, "other file")}: experimaestro jobs list state=corrupt</p> : null}
    </details>
  );
}
