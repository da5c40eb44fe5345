import { describe, expect, test } from "vitest";
import { fold, FOLD } from "./fold";
import { foundIn } from "./found";
import { linesOf } from "./lines";
import { marked } from "./marks";
import { severities } from "./severity";
import { paint } from "./spans";
import { PLAIN } from "./style";

const ESC = "\u001b";
const plain = (text: string) =>
  paint(text, PLAIN)
    .spans.map((span) => span.text)
    .join("");

describe("linesOf", () => {
  test.each([
    ["", []],
    ["a\n", ["a"]],
    ["a\r\nb", ["a", "b"]],
    ["a\n\nb\n", ["a", "", "b"]],
    ["10%\r20%\r30%\n", ["30%"]],
    ["10%\r20%\r", ["20%"]],
    ["\r\r\n", [""]],
  ])("linesOf_%j_splitsAndShowsLastState", (text, expected) => {
    expect(linesOf(text, 0).map((line) => line.text)).toEqual(expected);
  });

  test("linesOf_textBeyondAscii_countsBytes", () => {
    expect(linesOf("né\n€\n𝄞\nx", 100, 7).map((line) => [line.at, line.number])).toEqual([
      [100, 7],
      [104, 8],
      [108, 9],
      [113, 10],
    ]);
  });

  test("linesOf_lineThatIsPrintedOver_countsStatesAndBytesOfAll", () => {
    const [bar, next] = linesOf("1\r2\r3\r\nz", 0);
    expect([bar?.states, bar?.isWhole, next?.at, next?.isWhole]).toEqual([3, true, 7, false]);
  });
});

describe("paint", () => {
  test.each<[string, string, string]>([
    ["title", `${ESC}]0;owned\u0007text`, "text"],
    ["link", `${ESC}]8;;javascript:alert(1)${ESC}\\click${ESC}]8;;${ESC}\\`, "click"],
    ["clipboard", `${ESC}]52;c;cm0gLXJmIC8=${ESC}\\x`, "x"],
    ["image", `${ESC}_Gf=32,s=1,v=1;AAAA${ESC}\\x`, "x"],
    ["device string", `${ESC}P+q544e${ESC}\\x`, "x"],
    ["cursor", `a${ESC}[2J${ESC}[1;1H${ESC}[?25lb`, "ab"],
    ["charset", `${ESC}(Ba${ESC}7b${ESC}=c`, "abc"],
    ["string that is cut off", `${ESC}]0;hides the rest`, "^[]0;hides the rest"],
    ["string that another escape interrupts", `${ESC}]0;a${ESC}[31mb`, "^[]0;ab"],
    ["sequence that is cut off", `a${ESC}[31`, "a^[[31"],
    ["escape alone", `a${ESC}`, "a^["],
    ["controls", "a\u0000\u0007\u0008b\u007f", "a^@^G^Hb^?"],
    ["C1", "a\u009b31mb\u0085", "a⟨009B⟩31mb⟨0085⟩"],
    ["direction", "user\u202eexe.txt\u2066", "user⟨202E⟩exe.txt⟨2066⟩"],
    ["invisible", "a\u200b\u00ad\ufeff\u{e0041}b", "a⟨200B⟩⟨00AD⟩⟨FEFF⟩⟨E0041⟩b"],
    ["line separators", "a\u2028b\u2029", "a⟨2028⟩b⟨2029⟩"],
    ["half of a pair", "a\ud800b\udc00", "a\ufffdb\ufffd"],
    ["whole pair, joiner, tab", "👩‍🔬\t𝄞", "👩‍🔬\t𝄞"],
    ["mark-up", "<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"],
    ["private parameters", `${ESC}[?31mx${ESC}[>4;1my`, "xy"],
  ])("paint_%s_isSafe", (_, text, expected) => {
    expect(plain(text)).toBe(expected);
  });

  test.each<[string, string]>([
    ["31", "log-red"],
    ["1;4;92", "log-green log-bold log-underline"],
    ["38;5;196", "log-red"],
    ["38;5;21", "log-blue"],
    ["38;5;240", "log-gray"],
    ["38;5;255", ""],
    ["38;2;255;140;0", "log-yellow"],
    ["38:2::0:200:200", "log-cyan"],
    ["38;2;300;0;0", ""],
    ["38;5", ""],
    ["48;5;196;3", "log-italic"],
    ["48;2;1;2;3;31", "log-red"],
    ["8", ""],
    ["5;7", "log-inverse"],
    ["31;39;1;22", ""],
    ["999999999999999999999", ""],
    [";;;", ""],
    ["4:0", ""],
  ])("paint_rendition%s_hasClasses", (codes, classes) => {
    expect(paint(`${ESC}[${codes}mx`, PLAIN).spans).toEqual([{ text: "x", classes }]);
  });

  test("paint_styleThatIsNotReset_isThatOfTheNextLine", () => {
    const first = paint(`${ESC}[31mred`, PLAIN);
    expect(paint(`still${ESC}[m plain`, first.style).spans).toEqual([
      { text: "still", classes: "log-red" },
      { text: " plain", classes: "" },
    ]);
  });

  test.each([`${ESC}]`, `${ESC}[`, `${ESC}P`, `${ESC}[1;`, `${ESC}[31mx`, "\u0000", `${ESC}]${ESC}\\`, "\u202e"])(
    "paint_%j_repeatedOften_isLinear",
    (piece) => {
      const text = piece.repeat(100_000);
      expect(paint(text, PLAIN).spans.length).toBeLessThanOrEqual(200_001);
    },
  );
});

describe("marked", () => {
  const span = (text: string, classes = "") => ({ text, classes });
  test.each<[string, { text: string; classes: string }[], string, string]>([
    ["none", [span("abc")], "x", "abc"],
    ["empty", [span("abc")], "", "abc"],
    ["either case", [span("No space, no SPACE")], "no space", "[No space], [no SPACE]"],
    ["over spans", [span("No", "log-red"), span(" space left")], "o sp", "N[o][ sp]ace left"],
    ["adjacent", [span("aaaa")], "aa", "[aa][aa]"],
    ["letter that grows", [span("İİ error")], "error", "İİ [error]"],
    ["mark-up", [span("<b>x</b>")], "<b>", "[<b>]x</b>"],
  ])("marked_%s_keepsTheText", (_, spans, sought, expected) => {
    const result = marked(spans, sought);
    expect(result.map((piece) => (piece.isMatch ? `[${piece.text}]` : piece.text)).join("")).toBe(expected);
  });
});

test("fold_pairAtTheFold_isNotCut", () => {
  const folded = fold("x".repeat(FOLD - 1) + "𝄞" + "y".repeat(10));
  expect([folded.text.length, folded.hidden]).toEqual([FOLD - 1, 12]);
  expect(fold("x".repeat(FOLD)).hidden).toBe(0);
});

describe("severities", () => {
  test.each<[string, string[], string]>([
    ["levels", ["11:54 ERROR run: x", "WARN  y", "INFO no error here", "[FATAL] z"], "ew.e"],
    ["Java", ["java.io.IOException: x", "\tat a.B.c(B.java:1)", "\t... 3 more", "Caused by: y", "INFO z"], "eeee."],
    ["with a clock", ["11:54:03 The task failed:", "2026-03-18T11:54:03.1Z java.io.IOException: x", "\tat a.B.c(B.java:1)"], "eee"],
    ["Python", ["Traceback (most recent call last):", '  File "a.py", line 1', "    f()", "ValueError: x", "end"], "eeee."],
    ["words that only look like it", ["0 errors", "ErrorRate: 0.1", "  at noon", "no exception"], "..e."],
  ])("severities_%s_areFound", (_, texts, expected) => {
    const letters = severities(texts).map((severity) => severity.charAt(0) || ".");
    expect(letters.join("")).toBe(expected);
  });
});

describe("foundIn", () => {
  const body = (...pieces: Uint8Array[]) =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        pieces.forEach((piece) => controller.enqueue(piece));
        controller.close();
      },
    });

  test("foundIn_piecesThatCutLettersAndLines_readsAll", async () => {
    const bytes = new TextEncoder().encode('{"at":1,"line":2,"text":"é"}\n{"done":true,"matches":1,"lines":9}');
    const found = [];
    for await (const one of foundIn(body(bytes.slice(0, 26), bytes.slice(26, 30), bytes.slice(30)))) {
      found.push(one);
    }
    expect(found).toEqual([
      { at: 1, line: 2, text: "é" },
      { done: true, matches: 1, lines: 9 },
    ]);
  });

  test("foundIn_readerThatStops_endsTheSearch", async () => {
    let isCancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('{"read":1,"size":9,"matches":0}\n')),
      cancel: () => {
        isCancelled = true;
      },
    });
    for await (const one of foundIn(endless)) {
      expect(one).toHaveProperty("read");
      break;
    }
    expect(isCancelled).toBe(true);
  });
});
