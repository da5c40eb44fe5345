import { jobOf } from "../../address/job";
import type { Scope, View } from "../../address/view";
import { JobText } from "../../part/JobText";
import { isPlainClick, Link } from "../../part/Link";
import { StateGlyph } from "../../part/StateGlyph";
import { TagList } from "../../part/TagList";
import { Time } from "../../part/Time";
import { Why } from "../../part/Why";
import { counted } from "../../part/words";
import { useStore } from "../../store/use";
import type { ReasonGroup, Tags } from "../../wire/types";

/** Why jobs have failed: by their first error line, with what they share. */
export function Failures({ groups, scope }: { groups: readonly ReasonGroup[]; scope: Scope }) {
  const count = groups.reduce((sum, group) => sum + group.count, 0);
  return (
    <>
      <div class="section-head">
        <h2>Failures</h2>
        <span class="faint">{count === 0 ? "none" : `${counted(count, "job")}, ${counted(groups.length, "cause")}`}</span>
        {count === 0 ? null : (
          <span class="end">
            <Link class="soft small" to={{ screen: "jobs", scope, q: "state=failed,corrupt" }}>
              All failed jobs
            </Link>
          </span>
        )}
      </div>
      {count === 0 ? null : (
        <ul class="failures">
          {groups.map((group) => (
            <Failure key={`${group.type} ${group.subject} ${group.filter}`} group={group} scope={scope} />
          ))}
        </ul>
      )}
    </>
  );
}

function Failure({ group, scope }: { group: ReasonGroup; scope: Scope }) {
  const store = useStore();
  const to = viewOf(group, scope);
  /** Opens the failure from anywhere on its row, unless a link is meant, or its text is selected to be copied. */
  function open(event: MouseEvent): void {
    const isLink = event.target instanceof Element && event.target.closest("a, button") !== null;
    if (!isLink && isPlainClick(event) && (getSelection()?.toString() ?? "") === "") {
      store.go(to);
    }
  }
  return (
    <li onClick={open}>
      <StateGlyph state="failed" named />
      <div class="cut">
        <Link class="strong" to={to}>
          {group.type}
        </Link>{" "}
        {group.count === 1 ? null : <b>×{group.count}</b>} <span class="failure-tags"><TagList tags={sharedTags(group)} most={5} /></span>
      </div>
      {group.last === undefined ? <span /> : <Time at={group.last} class="faint small" />}
      <pre class="cut" title={group.subject}>{group.subject}</pre>
      {group.shared.length === 0 ? null : <p class="soft small">{group.shared.join(". ")}.</p>}
      {group.advice === "" ? null : (
        <p class="faint small">
          <JobText text={group.advice} jobs={group.jobs} list={{ scope }} />
        </p>
      )}
    </li>
  );
}

/** Returns where a group leads: to its only job, or to the list of its jobs. */
function viewOf(group: ReasonGroup, scope: Scope): View {
  const job = group.jobs[0];
  if (group.count === 1 && job !== undefined) {
    return jobOf({ scope }, job.job);
  }
  return { screen: "jobs", scope, q: group.filter };
}

/** Returns the tags that all shown jobs have in common, if these are all jobs of the group. */
function sharedTags(group: ReasonGroup): Tags {
  const [first, ...others] = group.jobs;
  if (first === undefined || group.jobs.length < group.count) {
    return {};
  }
  return Object.fromEntries(
    Object.entries(first.tags).filter(([name, value]) => others.every((job) => JSON.stringify(job.tags[name]) === JSON.stringify(value))),
  );
}

/** Why the other jobs do not run yet. */
export function NotRunning({ groups, scope }: { groups: readonly ReasonGroup[]; scope: Scope }) {
  const count = groups.reduce((sum, group) => sum + group.count, 0);
  if (count === 0) {
    return null;
  }
  return (
    <>
      <div class="section-head">
        <h2>Not running yet</h2>
        <span class="faint">{counted(count, "job")}, by what they wait for</span>
      </div>
      <Why groups={groups} list={{ scope }} />
    </>
  );
}
