import { useState } from "preact/hooks";
import type { TableView } from "../../address/view";
import { Choices } from "../../part/Choices";
import { useStore } from "../../store/use";
import type { TableAnswer } from "../../wire/types";

type Names = "rows" | "cols" | "metrics" | "over";

const WORDS: Record<Names, string> = { rows: "Rows", cols: "Columns", metrics: "Metrics", over: "Mean over" };
const INTERVALS = [90, 95, 99];
const BEST = [
  ["column", "per column"],
  ["row", "per row"],
  ["table", "of the table"],
  ["none", "not marked"],
] as const;
const USUAL = { ci: 95, best: "column" };

/** The layout of the table: each choice is in the address. */
export function LayoutTools({ view, answer }: { view: TableView; answer: TableAnswer }) {
  const store = useStore();
  const [open, setOpen] = useState<Names | null>(null);

  function choose(name: Names, names: string[]): void {
    // A tag has one place in a table: it leaves its former one.
    const taken = (place: Names) => (name === "metrics" || place === name ? answer[place] : answer[place].filter((tag) => !names.includes(tag)));
    const places = name === "metrics" ? {} : { rows: taken("rows"), cols: taken("cols"), over: taken("over") };
    store.go({ ...view, ...places, [name]: names });
  }

  return (
    <>
      {(["rows", "cols", "metrics", "over"] as const).map((name) => (
        <Choices
          key={name}
          word={WORDS[name]}
          chosen={answer[name]}
          offered={name === "metrics" ? answer.choices.metrics : answer.choices.tags}
          isOpen={open === name}
          setOpen={(isOpen) => setOpen(isOpen ? name : null)}
          onChoice={(names) => choose(name, names)}
        />
      ))}
      <label class="choice-label">
        ±{" "}
        <select
          class="choice"
          value={String(view.ci ?? USUAL.ci)}
          onChange={(event) => {
            const { ci: _, ...rest } = view;
            const ci = Number(event.currentTarget.value);
            store.go(ci === USUAL.ci ? rest : { ...rest, ci });
          }}
        >
          {INTERVALS.map((percent) => (
            <option key={percent} value={percent}>
              {percent} %
            </option>
          ))}
        </select>
      </label>
      <label class="choice-label">
        Best{" "}
        <select
          class="choice"
          value={view.best ?? USUAL.best}
          onChange={(event) => {
            const { best: _, ...rest } = view;
            const best = event.currentTarget.value;
            store.go(best === USUAL.best ? rest : { ...rest, best });
          }}
        >
          {BEST.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}
