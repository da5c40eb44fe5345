import { useState } from "preact/hooks";
import type { JobsView } from "../../address/view";
import { useKeys } from "../../keys/use";
import { Menu } from "../../part/Menu";
import { counted } from "../../part/words";
import { useStore } from "../../store/use";
import type { JobsAnswer } from "../../wire/types";
import type { GridNews } from "./Grid";
import type { Shown } from "./shown";

interface Properties {
  view: JobsView;
  shown: Shown;
  answer: JobsAnswer;
  news: GridNews;
  release: () => void;
}

const FIELDS = ["type", "state", "host", "launcher", "experiment"];
const ORDERS: [string | undefined, string][] = [
  [undefined, "state, newest first"],
  ["-time", "time, longest first"],
  ["time", "time, shortest first"],
  ["-age", "age, oldest first"],
  ["id", "identifier"],
];

/** How the list is grouped and sorted, and what it has. */
export function Tools({ view, shown, answer, news, release }: Properties) {
  const store = useStore();
  const isFlat = answer.by.length === 0;
  const { by: _by, open: _open, at: _at, ...plain } = view;
  const groups = answer.groups.filter((group) => group.isLeaf).length;
  return (
    <div class="tools">
      <Grouping view={view} answer={answer} />
      <Sorting view={view} answer={answer} />
      <span class="end">
        {news.changes === 0 ? null : (
          <button type="button" class="button" title="Lines keep their places while your hand is on the list" onClick={release}>
            {counted(news.changes, "change")}
          </button>
        )}
        {shown.other === undefined ? null : (
          <button type="button" class="button" title="The jobs have changed; their groups stay as you read them until you choose" onClick={shown.regroup}>
            Group by {shown.other.join(" × ")}
          </button>
        )}
        {answer.coarser === undefined ? null : <span class="small soft">{answer.coarser}</span>}
        <span class="faint small">
          {counted(answer.selected, "job")}
          {isFlat ? "" : ` in ${counted(groups, "group")}`}
        </span>
        <span class="segments" role="group" aria-label="Density">
          <button type="button" aria-pressed={!isFlat} onClick={() => store.replace(plain)}>
            Groups
          </button>
          <button type="button" aria-pressed={isFlat} onClick={() => store.replace({ ...plain, by: [] })}>
            Flat
          </button>
        </span>
        <Columns view={view} answer={answer} hidden={news.hidden} />
      </span>
    </div>
  );
}

function Grouping({ view, answer }: { view: JobsView; answer: JobsAnswer }) {
  const store = useStore();
  const [open, setOpen] = useState<number>();
  useKeys({ group: () => setOpen(0) });
  const names = [...new Set([...FIELDS, ...answer.columns.filter((name) => !answer.metrics.includes(name)), ...answer.by])];
  function set(by: string[]): void {
    const { open: _open, at: _at, ...rest } = view;
    store.replace({ ...rest, by });
  }
  const chooser = (index: number, face: preact.ComponentChildren, label: string) => (
    <Menu key={index} class="choice-menu" label={label} face={face} isOpen={open === index} setOpen={(isOpen) => setOpen(isOpen ? index : undefined)}>
      {names
        .filter((name) => !answer.by.includes(name) || answer.by[index] === name)
        .map((name) => (
          <li key={name}>
            <button type="button" {...(answer.by[index] === name ? { "aria-current": "true" } : {})} onClick={() => set(index >= answer.by.length ? [...answer.by, name] : answer.by.with(index, name))}>
              {name}
            </button>
          </li>
        ))}
      {index < answer.by.length ? (
        <li>
          <button type="button" onClick={() => set(answer.by.filter((_, other) => other !== index))}>
            not by {answer.by[index]}
          </button>
        </li>
      ) : null}
    </Menu>
  );
  return (
    <>
      {answer.by.map((name, index) => (
        <>
          {index === 0 ? null : <span class="faint">×</span>}
          {chooser(index, <span class="choice">{index === 0 ? <i>Group by</i> : null} {name}</span>, `Group by ${name}: change`)}
        </>
      ))}
      {answer.by.length < 3 ? chooser(answer.by.length, <span class="button quiet">{answer.by.length === 0 ? "Group by…" : "+ tag"}</span>, "Group by one more") : null}
    </>
  );
}

function Sorting({ view, answer }: { view: JobsView; answer: JobsAnswer }) {
  const store = useStore();
  const [isOpen, setOpen] = useState(false);
  useKeys({ sort: () => setOpen(true) });
  const values = answer.columns.flatMap((name): [string, string][] => [
    [name, `${name}, ascending`],
    [`-${name}`, `${name}, descending`],
  ]);
  const orders = [...ORDERS, ...values];
  const words = orders.find(([sort]) => sort === view.sort)?.[1] ?? view.sort;
  function set(sort: string | undefined): void {
    const { sort: _former, ...rest } = view;
    store.replace(sort === undefined ? rest : { ...rest, sort });
  }
  return (
    <Menu class="choice-menu" label={`Sort by ${words}: change`} face={<span class="choice"><i>Sort</i> {words}</span>} isOpen={isOpen} setOpen={setOpen}>
      {orders.map(([sort, name]) => (
        <li key={name}>
          <button type="button" {...(sort === view.sort ? { "aria-current": "true" } : {})} onClick={() => set(sort)}>
            {name}
          </button>
        </li>
      ))}
    </Menu>
  );
}

/** The columns of values that are shown: those that fit, or a choice that stands in the address. */
function Columns({ view, answer, hidden }: { view: JobsView; answer: JobsAnswer; hidden: number }) {
  const store = useStore();
  const [isOpen, setOpen] = useState(false);
  const chosen = view.cols ?? answer.columns;
  function toggle(name: string): void {
    const cols = chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name];
    store.replace({ ...view, cols });
  }
  function reset(): void {
    const { cols: _former, ...rest } = view;
    store.replace(rest);
  }
  const more = hidden + answer.moreColumns;
  return (
    <Menu class="choice-menu at-end" label="Columns" face={<span class="button">Columns{more === 0 ? "" : `, ${more} more`}</span>} isOpen={isOpen} setOpen={setOpen}>
      <li>
        <button type="button" onClick={reset}>
          All that fit
        </button>
      </li>
      {answer.columns.map((name) => (
        <li key={name} onClick={(event) => event.stopPropagation()}>
          <button type="button" role="menuitemcheckbox" aria-checked={chosen.includes(name)} onClick={() => toggle(name)}>
            <input type="checkbox" tabIndex={-1} checked={chosen.includes(name)} aria-hidden="true" />
            {name}
          </button>
        </li>
      ))}
    </Menu>
  );
}
