import { expect, test } from "vitest";
import { share } from "./share";

test("share_equalValue_isTheFormerOne", () => {
  const former = { rows: [{ a: 1, b: [1, 2] }, { a: 2, b: [] }], size: 2 };
  expect(share(former, structuredClone(former))).toBe(former);
});

test("share_oneChange_keepsTheOthers", () => {
  const former = { rows: [{ a: 1 }, { a: 2 }], size: 2 };
  const now = share(former, { rows: [{ a: 1 }, { a: 3 }], size: 2 });
  expect(now).toEqual({ rows: [{ a: 1 }, { a: 3 }], size: 2 });
  expect(now.rows[0]).toBe(former.rows[0]);
});

test.each([
  [{ a: 1 }, {}],
  [{}, { a: undefined }],
  [[1, 2], [1]],
  [[1], [1, 2]],
  [{ a: 1 }, [1]],
  [null, { a: 1 }],
  [1, "1"],
])("share_%j_%j_isTheNewOne", (former, now) => expect(share<unknown>(former, now)).toEqual(now));
