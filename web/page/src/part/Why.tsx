import type { Phase, ReasonGroup } from "../wire/types";
import { Link } from "./Link";
import { StateGlyph } from "./StateGlyph";
import { counted } from "./words";
import type { View } from "../address/view";
import "./Why.css";

/** Why jobs wait: a line for each reason, with the way to its jobs. */
export function Why({ groups, viewOf }: { groups: readonly ReasonGroup[]; viewOf: (q: string) => View }) {
  return (
    <ul class="why small">
      {groups.map((group) => (
        <li key={`${group.type} ${group.kind} ${group.subject}`}>
          <StateGlyph state={phaseOf(group)} />
          <Link to={viewOf(group.filter)} class="strong number">
            {counted(group.count, "job")}
          </Link>
          <span>
            <b>{group.type}</b>: {group.subject}
          </span>
          <span class="faint">{group.advice}</span>
        </li>
      ))}
    </ul>
  );
}

/** Returns the phase whose shape a reason has. */
function phaseOf(group: ReasonGroup): Phase {
  if (group.kind === "dependency failed" || group.kind === "dependency_failed") {
    return "skipped";
  }
  return group.jobs[0]?.state ?? "new";
}
