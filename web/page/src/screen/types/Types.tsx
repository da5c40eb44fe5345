import { keeping } from "../../address/filter";
import { Empty, Reading } from "../../part/Empty";
import { Link } from "../../part/Link";
import { ProblemNote } from "../../part/ProblemNote";
import { counted, numberText } from "../../part/words";
import { useAnswer } from "../../store/use";
import { typesQuestion } from "../../wire/questions";
import type { TypesAnswer } from "../../wire/types";
import "./Types.css";

/** The types that the jobs of the workspace have and use. */
export function Types() {
  const { value, problem } = useAnswer<TypesAnswer>(typesQuestion);
  if (value === undefined) {
    return problem === undefined ? <Reading what="the types" /> : <ProblemNote problem={problem} again={typesQuestion} />;
  }
  const tasks = value.types.filter((type) => type.isTask);
  const others = value.types.filter((type) => !type.isTask);
  return (
    <article aria-label="Types">
      <header class="head">
        <h1>
          {counted(tasks.length, "type of task", "types of tasks")}{" "}
          <span>· {counted(others.length, "other configuration")}</span>
        </h1>
      </header>
      {problem !== undefined && <ProblemNote problem={problem} again={typesQuestion} />}
      {value.types.length === 0 && (
        <Empty title="No type is known">
          <p>Types are known from the jobs of the workspace: they appear as soon as a plan submits one.</p>
        </Empty>
      )}
      <TypeTable title="Tasks" types={tasks} />
      <TypeTable title="Configurations" types={others} />
    </article>
  );
}

function TypeTable({ title, types }: { title: string; types: TypesAnswer["types"] }) {
  if (types.length === 0) {
    return null;
  }
  return (
    <section class="inset" aria-label={title}>
      <div class="section-head">
        <h2>{title}</h2>
      </div>
      <div class="scroll">
        <table class="types-table">
          <thead>
            <tr>
              <th scope="col">Type</th>
              <th scope="col">Summary</th>
              <th scope="col" class="number">
                Jobs
              </th>
            </tr>
          </thead>
          <tbody>
            {types.map(({ type, summary, jobs }) => (
              <tr key={type}>
                <th scope="row">
                  <Link to={{ screen: "type", type }}>{type}</Link>
                </th>
                <td class="soft">{summary}</td>
                <td class="number">
                  {jobs === 0 ? <span class="faint">0</span> : <Link to={{ screen: "jobs", q: keeping("", "type", type) }}>{numberText(jobs)}</Link>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
