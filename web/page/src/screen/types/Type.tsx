import { keeping } from "../../address/filter";
import { CommandLine } from "../../part/CommandLine";
import { Reading } from "../../part/Empty";
import { Link } from "../../part/Link";
import { ProblemNote } from "../../part/ProblemNote";
import { useAnswer, useStore } from "../../store/use";
import { typeQuestion } from "../../wire/questions";
import type { TypeAnswer } from "../../wire/types";
import "./Types.css";

/** A type: what it is for, and its parameters. */
export function Type() {
  const { view } = useStore();
  return view.value.screen === "type" ? <TypeOf type={view.value.type} key={view.value.type} /> : null;
}

function TypeOf({ type }: { type: string }) {
  const question = typeQuestion(type);
  const { value, problem } = useAnswer<TypeAnswer>(question);
  if (value === undefined) {
    return problem === undefined ? <Reading what="the type" /> : <ProblemNote problem={problem} again={question} />;
  }
  return (
    <article aria-label="Type">
      <header class="head">
        <div>
          <h1>
            {value.type} <span>· {value.isTask ? "task" : "configuration"}</span>
          </h1>
          <p class="type-documentation">{value.documentation ?? <span class="faint">It has no documentation.</span>}</p>
        </div>
        <div class="end">
          {value.isTask && (
            <Link to={{ screen: "jobs", q: keeping("", "type", value.type) }} class="button">
              Its jobs
            </Link>
          )}
          <Link to={{ screen: "types" }} class="button">
            All types
          </Link>
        </div>
      </header>
      <section class="inset" aria-label="Parameters">
        <div class="section-head">
          <h2>Parameters</h2>
          <span class="faint">{value.parameters.length === 0 ? "it has none" : ""}</span>
        </div>
        {value.parameters.length > 0 && <Parameters parameters={value.parameters} />}
      </section>
      <UsedBy names={value.usedBy} />
      <div class="inset">
        <CommandLine command={value.command} label="The same by" />
      </div>
    </article>
  );
}

function Parameters({ parameters }: { parameters: TypeAnswer["parameters"] }) {
  return (
    <div class="scroll">
      <table class="types-table">
        <thead>
          <tr>
            {["Name", "Type", "Default", "Role", "Documentation"].map((name) => (
              <th scope="col" key={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {parameters.map((parameter) => (
            <tr key={parameter.name}>
              <th scope="row" class="mono">
                {parameter.name}
              </th>
              <td class="mono">{parameter.type}</td>
              <td class="mono">{parameter.default ?? <span class="faint">none</span>}</td>
              <td class="soft">{parameter.role}</td>
              <td class="soft type-words">
                {parameter.documentation}
                {parameter.constants !== undefined && parameter.constants.length > 0 && (
                  <span class="faint"> One of {parameter.constants.join(", ")}.</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function UsedBy({ names }: { names: readonly string[] }) {
  return names.length === 0 ? null : (
    <section class="inset" aria-label="Used by">
      <div class="section-head">
        <h2>Used by</h2>
      </div>
      <ul class="used-by">
        {names.map((name) => (
          <li key={name}>
            <Link to={{ screen: "type", type: name }}>{name}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
