import { expect, test } from "vitest";
import { groupsQuestion, rowsQuestion } from "./questions";

const parameter = (question: string, name: string): string | null => new URL(question, "http://x").searchParams.get(name);

test("question_namesWithCommas_areEscapedForTheServer", () => {
  const asked = groupsQuestion({ by: ["P@5,10", "a\\b", "k1"], sort: "-P@5,10" });
  expect(parameter(asked, "by")).toBe("P@5\\,10,a\\\\b,k1");
  expect(parameter(asked, "sort")).toBe("-P@5\\,10");
  expect(parameter(rowsQuestion({ sort: "x,y" }, ["P@5,10"], undefined, 0, 200), "sort")).toBe("x\\,y");
});

test("groupsQuestion_byNothing_isAskedFor", () => {
  expect(parameter(groupsQuestion({ by: [] }), "by")).toBe("");
  expect(parameter(groupsQuestion({}), "by")).toBeNull();
});
