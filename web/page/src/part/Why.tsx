import type { JobList } from "../address/job";
import type { View } from "../address/view";
import type { Phase, ReasonGroup } from "../wire/types";
import { JobName } from "./JobName";
import { JobText } from "./JobText";
import { Link } from "./Link";
import { StateGlyph } from "./StateGlyph";
import { TagList } from "./TagList";
import { counted } from "./words";
import "./Why.css";

/** Jobs that are named of those that others wait for; a link shows all. */
const NAMED = 3;

/** Why jobs wait: a line for each reason, with the way to its jobs, and to those that they wait for. */
export function Why({ groups, list }: { groups: readonly ReasonGroup[]; list: JobList }) {
  const viewOf = (q: string): View => ({ screen: "jobs", ...(list.scope && { scope: list.scope }), q });
  return (
    <ul class="why small">
      {groups.map((group) => (
        <li key={`${group.type} ${group.kind} ${group.subject}`}>
          <StateGlyph state={phaseOf(group)} />
          <Link to={viewOf(group.filter)} class="strong number">
            {counted(group.count, "job")}
          </Link>
          <div>
            <b>{group.type}</b>: <JobText text={group.subject} jobs={group.obstacles} list={list} />
            <Obstacles group={group} list={list} viewOf={viewOf} />
          </div>
          <span class="faint">
            <JobText text={group.advice} jobs={[...group.obstacles, ...group.jobs]} list={list} />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** The jobs that others wait for, by their tags: the first of them, and the way to all. */
function Obstacles({ group, list, viewOf }: { group: ReasonGroup; list: JobList; viewOf: (q: string) => View }) {
  const { obstacles, obstacleTotal, obstacleFilter } = group;
  const named = obstacles.slice(0, NAMED);
  return named.length === 0 ? null : (
    <ul class="why-jobs">
      {named.map((job) => (
        <li key={job.job}>
          <JobName job={job} list={list} /> <TagList tags={job.tags} most={5} />
        </li>
      ))}
      {obstacleTotal <= named.length ? null : (
        <li>
          {obstacleFilter === undefined ? (
            `and ${counted(obstacleTotal - named.length, "more job")}`
          ) : (
            <Link to={viewOf(obstacleFilter)} class="link">
              all {counted(obstacleTotal, "job")}
            </Link>
          )}
        </li>
      )}
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
