import { expect, test } from "vitest";
import { countsText, durationText, metricText, runText, shortDurationText, sizeText, timeText } from "./words";

test.each<[number, string, string]>([
  [0, "0 s", "0 s"],
  [1.42, "1.4 s", "1.4 s"],
  [59.6, "1 min", "60 s"],
  [588, "9 min 48 s", "10 min"],
  [8460, "2 h 21 min", "2.4 h"],
  [7200, "2 h", "2 h"],
  [90_000, "1 d 1 h", "25 h"],
  [1_000_000, "11 d", "12 d"],
])("durations of %d s", (seconds, long, short) => {
  expect(durationText(seconds)).toBe(long);
  expect(shortDurationText(seconds)).toBe(short);
});

test("timeText_today_isTheClock_beforeTheDay", () => {
  const now = new Date(2026, 2, 18, 12, 3, 4);
  expect(timeText(new Date(2026, 2, 18, 9, 42), now)).toBe("09:42");
  expect(timeText(new Date(2026, 2, 17, 23, 59), now)).toBe("17 Mar");
  expect(timeText(new Date(2025, 2, 18), now)).toBe("18 Mar 2025");
});

test("runText_nameThatIsATime_isRead", () => {
  const now = new Date(2026, 5, 1);
  expect(runText("20260318-094211", now)).toBe("18 Mar 09:42");
  expect(runText("20250318-094211-2", now)).toBe("18 Mar 2025 09:42-2");
  expect(runText("latest", now)).toBe("latest");
});

test("countsText_namesWhatIsThere_inOrder", () => {
  expect(countsText({ new: 2, done: 1084, failed: 0 })).toBe("1,084 done, 2 new");
  expect(countsText({})).toBe("no jobs");
});

test("metricText_hasSixDigits", () => {
  expect(metricText(0.123456789)).toBe("0.123457");
  expect(metricText(0.00001234)).toBe("1.234e-5");
  expect(metricText(120)).toBe("120");
});

test("sizeText_hasAUnit", () => {
  expect([1, 999, 213_800_000].map(sizeText)).toEqual(["1 byte", "999 bytes", "214 MB"]);
});
