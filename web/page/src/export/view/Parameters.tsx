import { valueOfPacked } from "../data/value";

/** Parameters deeper than that, or more than that, are counted only. */
const DEEPEST = 8;
const MOST = 200;

/** The parameters of a job, with the parts of those that have some. */
export function Parameters({ parameters }: { parameters: [name: string, packed: unknown][] }) {
  return parameters.length === 0 ? null : (
    <section aria-label="Parameters">
      <h3>Parameters</h3>
      <Parts parts={parameters} depth={0} />
    </section>
  );
}

function Parts({ parts, depth }: { parts: [string, unknown][]; depth: number }) {
  return (
    <ul class="mono export-parameters">
      {parts.slice(0, MOST).map(([name, packed]) => (
        <li key={name}>
          <span class="faint">{name}</span> = <Packed packed={packed} depth={depth} />
        </li>
      ))}
      {parts.length > MOST ? <li class="faint">and {parts.length - MOST} more</li> : null}
    </ul>
  );
}

function Packed({ packed, depth }: { packed: unknown; depth: number }) {
  if (packed === null) {
    return <>none</>;
  }
  if (typeof packed !== "object") {
    return <>{valueOfPacked(packed).text}</>;
  }
  const isList = Array.isArray(packed);
  const parts = Object.entries(packed);
  if (isList && parts.every(([, part]) => typeof part !== "object")) {
    return <>{`[${packed.map((part) => valueOfPacked(part).text).join(", ")}]`}</>;
  }
  if (depth >= DEEPEST) {
    return <>{"{…}"}</>;
  }
  return <Parts parts={parts.map(([name, part]) => [isList ? `[${name}]` : name, part])} depth={depth + 1} />;
}
