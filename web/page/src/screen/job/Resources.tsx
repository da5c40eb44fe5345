import { Progress } from "../../part/Progress";
import { durationText, numberText, sizeText } from "../../part/words";
import type { JobAnswer } from "../../wire/types";
import { resourcesOf } from "./resources";

/** What a job has used, of what it asked for. */
export function Resources({ resources }: { resources: NonNullable<JobAnswer["resources"]> }) {
  return (
    <section aria-label="Resources" tabIndex={0}>
      <div class="section-head">
        <h2>Resources</h2>
        <span class="end faint small">{Object.keys(resources.asked).length === 0 ? "used" : "of what was asked"}</span>
      </div>
      <dl class="resources">
        {resourcesOf(resources).map(({ name, unit, used, asked }) => {
          const text = { bytes: sizeText, seconds: durationText, number: numberText }[unit];
          return (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{used === undefined || asked === undefined ? null : <Progress progress={used / asked} />}</dd>
              <dd class="small">{used === undefined ? `${text(asked ?? 0)} asked` : asked === undefined ? text(used) : `${text(used)} of ${text(asked)}`}</dd>
            </div>
          );
        })}
      </dl>
      {resources.energy === undefined ? null : <p class="small">{resources.energy}</p>}
    </section>
  );
}
