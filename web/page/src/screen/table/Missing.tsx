import { CommandLine } from "../../part/CommandLine";
import { StateGlyph } from "../../part/StateGlyph";
import { numberText } from "../../part/words";
import type { TableAnswer } from "../../wire/types";
import { missingOf, statesOf } from "./layout";

/** What the table lacks, and the command that prints it. */
export function Missing({ answer }: { answer: TableAnswer }) {
  const { here, all, states } = missingOf(answer);
  const rest = statesOf(states);
  return (
    <div class="table-side">
      <section aria-label="What is missing">
        <div class="section-head">
          <h2>What is missing</h2>
        </div>
        {here === all ? (
          <p class="soft">Nothing: all {numberText(all)} values are here.</p>
        ) : (
          <>
            <ul>
              {rest.map(({ phase, count }) => (
                <li key={phase} class="missing-state">
                  <StateGlyph state={phase} /> <span>{phase}</span> <b class="end">{numberText(count)}</b>
                </li>
              ))}
            </ul>
            <p class="soft small">
              {numberText(here)} of {numberText(all)} values are here.
            </p>
          </>
        )}
      </section>
      <section aria-label="As it is printed">
        <div class="section-head">
          <h2>As it is printed</h2>
        </div>
        <CommandLine command={answer.command} />
      </section>
    </div>
  );
}
