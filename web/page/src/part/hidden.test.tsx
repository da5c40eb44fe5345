// @vitest-environment happy-dom
import { cleanup, render } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { openPage } from "../frame/pageOfTest";
import { piecesOf, plain } from "../log/spans";
import type { RowsAnswer, RunAnswer } from "../wire/types";
import { showHidden } from "./hidden";
import { TagList } from "./TagList";

showHidden();
afterEach(cleanup);

const marks = (place: ParentNode = document): (string | undefined)[] => [...place.querySelectorAll<HTMLElement>(".hidden-mark")].map((mark) => mark.dataset["shown"]);

test("text_withAMarkOfDirection_showsIt_andIsCopiedAsItIs", () => {
  const { container } = render(<TagList tags={{ "k\u200b1": "a\u202eb" }} />);
  expect(marks(container)).toEqual(["⟨200B⟩", "⟨202E⟩"]);
  expect(container.textContent).toBe("k\u200b1=a\u202eb");
});

test("text_inAFragment_inALabel_andWhereNoElementMayBe_isShownToo", () => {
  const { container } = render(
    <p title={"a\u202eb"} aria-label={"c\u0007"}>
      <>{"x\u2066"}</>
      <select>
        <option>{"y\u202e"}</option>
      </select>
      <svg>
        <text>{"z\u202e"}</text>
      </svg>
    </p>,
  );
  const paragraph = container.querySelector("p");
  expect(paragraph?.title).toBe("a⟨202E⟩b");
  expect(paragraph?.getAttribute("aria-label")).toBe("c^G");
  expect(marks(container)).toEqual(["⟨2066⟩"]);
  expect(container.querySelector("option")?.textContent).toBe("y⟨202E⟩");
  expect(container.querySelector("svg text")?.textContent).toBe("z⟨202E⟩");
});

test("piecesOf_linesAndJoiners_stayAsTheyAre", () => {
  const text = "ein Zwei\r\nzeiler\n👩\u200d🔬 é";
  expect(piecesOf(text)).toEqual([{ text }]);
  expect(plain("a\rb\u0000\ud800")).toBe("a^Mb^@\ufffd");
});

const HIDDEN = "x\u202ey";

test("page_errorsNotesAndNamesOfTheWorkspace_areShownByOneRule", async () => {
  await openPage("/x/bm25-grid/20260318-094211", (question, answer) => {
    const run = answer as RunAnswer;
    return question.includes("/runs/") ? { ...run, run: { ...run.run, note: HIDDEN }, failures: run.failures.map((group) => ({ ...group, subject: HIDDEN })) } : answer;
  });
  expect(marks(document.querySelector(".failures pre") ?? document)).toEqual(["⟨202E⟩"]);
  expect(marks(document.querySelector(".head") ?? document)).toEqual(["⟨202E⟩"]);
  await openPage("/x/bm25-grid/20260318-094211/jobs?by=", (question, answer) => {
    const { rows } = answer as RowsAnswer;
    return question.includes("/rows") ? { ...(answer as RowsAnswer), rows: rows.map((row) => ({ ...row, type: HIDDEN, what: HIDDEN })) } : answer;
  });
  const line = document.querySelectorAll(".grid .is-job")[0];
  expect(marks(line?.querySelector(".of-what") ?? document)).toEqual(["⟨202E⟩"]);
  expect(line?.querySelector<HTMLElement>(".of-what span")?.title).toBe("x⟨202E⟩y");
});
