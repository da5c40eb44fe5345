import { useRef, useState } from "preact/hooks";
import type { JobsView } from "../../address/view";
import { useAnswer, useStore } from "../../store/use";
import { groupsQuestion, rowsQuestion } from "../../wire/questions";
import type { Problem } from "../../wire/request";
import type { Group, JobsAnswer, Row, RowsAnswer } from "../../wire/types";
import { holdGroups, holdRows } from "./hold";

/** Rows are read in pages of so many. */
export const PAGE = 200;

type Asked = Pick<JobsView, "scope" | "q" | "by" | "sort">;

/** The groups that are shown, and the question that they answer: rows are of the same. */
export interface Shown {
  asked: Asked;
  asking: string; // the question that is asked now
  answer: JobsAnswer | undefined;
  groups: readonly Group[];
  changes: number;
  problem: Problem | undefined;
  other: readonly string[] | undefined; // what the jobs would be grouped by, if the reader did not read them as they are
  regroup: () => void;
}

/**
 * Returns the groups of a view. Those of the former filter stay until the next ones are whole; a list without groups
 * is whole with its first rows, which are asked for at once with the number of all, and drawn with it. A grouping that the server
 * has chosen stays while it is read, whatever jobs come: the next filter, or the reader, chooses anew.
 */
export function useGroups(view: JobsView, isHeld: boolean): Shown {
  const store = useStore();
  const asking: Asked = { ...(view.scope && { scope: view.scope }), ...(view.q && { q: view.q }), ...(view.by && { by: view.by }), ...(view.sort && { sort: view.sort }) };
  const { kept, other, regroup } = useKeptGrouping(asking);
  const by = kept ?? asking.by;
  const question = groupsQuestion(kept === undefined ? asking : { ...asking, by: [...kept] });
  const { value, problem, isFormer } = useAnswer<JobsAnswer>(question);
  const last = useRef<Answered>({ asked: asking, question: "", groups: [], answer: undefined });
  const isNew = last.current.question !== question;
  const first = isNew && by?.length === 0 ? store.answer<RowsAnswer>(rowsQuestion(asking, by, undefined, 0, PAGE)).value : undefined;
  const isWhole = first === undefined || first.value !== undefined || first.problem !== undefined;
  let changes = 0;
  if (value !== undefined && !isFormer && isWhole) {
    const held = isHeld && !isNew ? holdGroups(last.current.groups, value.groups) : { shown: value.groups, changes: 0 };
    last.current = { asked: asking, question, groups: held.shown, answer: value };
    changes = held.changes;
  }
  const { asked, groups, answer } = last.current;
  return { asked, asking: question, answer, groups, changes, problem, other, regroup };
}

/** The last question that was answered whole. */
interface Answered {
  asked: Asked;
  question: string;
  groups: readonly Group[];
  answer: JobsAnswer | undefined;
}

/** Returns the grouping that the server chose when the list was opened, if it would choose another one by now. */
function useKeptGrouping(asking: Asked): { kept: readonly string[] | undefined; other: readonly string[] | undefined; regroup: () => void } {
  const store = useStore();
  const [, draw] = useState(0);
  const first = useRef<{ question: string; by: readonly string[] } | undefined>(undefined);
  const question = groupsQuestion(asking);
  const now = asking.by === undefined ? store.answer<JobsAnswer>(question).value.value?.by : undefined;
  if (now !== undefined && first.current?.question !== question) {
    first.current = { question, by: now };
  }
  const by = first.current?.question === question ? first.current.by : undefined;
  const isOther = now !== undefined && by !== undefined && by.join("\n") !== now.join("\n");
  function regroup(): void {
    first.current = undefined;
    draw((times) => times + 1);
  }
  return { kept: isOther ? by : undefined, other: isOther ? now : undefined, regroup };
}

interface Page {
  question: string;
  rows: readonly Row[];
}

/** A page of rows that the list needs. */
export interface Need {
  group: string | undefined;
  from: number;
}

/** Rows that have been read. */
export interface Rows {
  find(group: string | undefined, index: number): Row | undefined;
  /** Returns the place of a job; undefined if it is not among the rows that are needed. */
  placeOf(shortId: string): Place | undefined;
  all(): Row[];
  changes: number;
  problem: { of: string; problem: Problem } | undefined; // why rows are not there, and the question for them
}

export interface Place {
  group: string | undefined;
  index: number;
}

const keyOf = ({ group, from }: Need): string => `${from} ${group ?? ""}`;

/** Returns the rows of the pages that the list needs, and keeps them true. */
export function useRows(shown: Shown, needs: readonly Need[], isHeld: boolean): Rows {
  const store = useStore();
  const pages = useRef(new Map<string, Page>());
  const by = shown.answer?.by ?? [];
  const now = new Map<string, Page & Need>();
  let changes = 0;
  let problem: Rows["problem"];
  for (const need of needs) {
    const question = rowsQuestion(shown.asked, by, need.group, need.from, PAGE);
    const { value: answer, problem: wrong } = store.answer<RowsAnswer>(question).value;
    if (wrong !== undefined && answer === undefined) {
      problem = { of: question, problem: wrong };
    }
    const former = pages.current.get(keyOf(need));
    let rows = former?.rows ?? [];
    if (answer !== undefined) {
      const held = isHeld && former?.question === question ? holdRows(former.rows, answer.rows) : { shown: answer.rows, changes: 0 };
      rows = held.shown;
      changes += held.changes;
    }
    const page = { question: answer === undefined ? (former?.question ?? "") : question, rows };
    pages.current.set(keyOf(need), page);
    now.set(keyOf(need), { ...page, ...need });
  }
  return {
    changes,
    problem,
    find: (group, index) => now.get(keyOf({ group, from: index - (index % PAGE) }))?.rows[index % PAGE],
    placeOf(shortId) {
      for (const { group, from, rows } of now.values()) {
        const index = rows.findIndex((row) => row.shortId === shortId);
        if (index >= 0) {
          return { group, index: from + index };
        }
      }
      return undefined;
    },
    all: () => [...now.values()].flatMap(({ rows }) => rows),
  };
}

/** Returns whether the reader's hand is on the list, with the handlers that tell it. */
export function useHand(): { isHeld: boolean; release: () => void; on: Record<string, (event: Event) => void> } {
  const [hand, setHand] = useState({ pointer: false, focus: false });
  return {
    isHeld: hand.pointer || hand.focus,
    release: () => setHand({ pointer: false, focus: false }),
    on: {
      onPointerMove: () => !hand.pointer && setHand({ ...hand, pointer: true }),
      onPointerLeave: () => setHand({ ...hand, pointer: false }),
      onKeyDown: () => !hand.focus && setHand({ ...hand, focus: true }),
      onFocusOut: () => setHand({ ...hand, focus: false }),
    },
  };
}
