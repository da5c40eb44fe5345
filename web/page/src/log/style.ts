/** How a piece of a log is printed: a color of ours by name, and attributes. Escape sequences choose among these only. */
export interface Style {
  color: Color | "";
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
  strike: boolean;
  inverse: boolean;
}

export type Color = "red" | "green" | "yellow" | "blue" | "magenta" | "cyan" | "gray";

export const PLAIN: Style = {
  color: "",
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  strike: false,
  inverse: false,
};

/** Black and white are the ink of a theme, which is not for a log to choose. */
const SIXTEEN: readonly (Color | "")[] = ["", "red", "green", "yellow", "blue", "magenta", "cyan", ""];

/** Returns the style after a sequence "select graphic rendition", whose parameters are given as they were written. */
export function afterSgr(style: Style, parameters: string): Style {
  let next = style;
  const codes = parameters === "" ? ["0"] : parameters.split(";");
  for (let i = 0; i < codes.length; i++) {
    const [code = "", ...parts] = (codes[i] ?? "").split(":");
    const number = code === "" ? 0 : Number(code);
    if (number === 38 || number === 48 || number === 58) {
      const isSplit = parts.length === 0;
      const given = isSplit ? codes.slice(i + 1, i + 5) : withoutColorSpace(parts);
      if (number === 38) {
        next = { ...next, color: extended(given) };
      }
      i += isSplit ? lengthOfExtended(given) : 0;
    } else {
      next = afterCode(next, number, parts[0]);
    }
  }
  return next;
}

function afterCode(style: Style, code: number, part: string | undefined): Style {
  if (code >= 30 && code <= 37) {
    return { ...style, color: SIXTEEN[code - 30] ?? "" };
  }
  if (code >= 90 && code <= 97) {
    return { ...style, color: bright(code - 90) };
  }
  switch (code) {
    case 0:
      return PLAIN;
    case 1:
      return { ...style, bold: true };
    case 2:
      return { ...style, dim: true };
    case 3:
      return { ...style, italic: true };
    case 4:
      return { ...style, underline: part !== "0" };
    case 7:
      return { ...style, inverse: true };
    case 9:
      return { ...style, strike: true };
    case 21:
      return { ...style, underline: true };
    case 22:
      return { ...style, bold: false, dim: false };
    case 23:
      return { ...style, italic: false };
    case 24:
      return { ...style, underline: false };
    case 27:
      return { ...style, inverse: false };
    case 29:
      return { ...style, strike: false };
    case 39:
      return { ...style, color: "" };
    default:
      return style; // blinking and hidden text, fonts and backgrounds: text stays readable
  }
}

function bright(index: number): Color | "" {
  return index === 0 ? "gray" : (SIXTEEN[index] ?? "");
}

/** The form with colons may name a color space before the three parts of a color: 2::R:G:B. */
function withoutColorSpace(parts: string[]): string[] {
  return parts[0] === "2" && parts.length > 4 ? ["2", ...parts.slice(2)] : parts;
}

function lengthOfExtended(given: string[]): number {
  return given[0] === "5" ? 2 : given[0] === "2" ? 4 : 0;
}

function extended([kind, ...parts]: string[]): Color | "" {
  const values = parts.map(Number);
  if (values.some((value) => !(value >= 0 && value <= 255))) {
    return "";
  }
  if (kind === "2" && values.length >= 3) {
    return nearest(values[0] ?? 0, values[1] ?? 0, values[2] ?? 0);
  }
  return kind === "5" && values.length >= 1 ? ofPalette(values[0] ?? 0) : "";
}

function ofPalette(index: number): Color | "" {
  if (index < 16) {
    return index < 8 ? (SIXTEEN[index] ?? "") : bright(index - 8);
  }
  if (index >= 232) {
    return index < 246 ? "gray" : "";
  }
  const level = (digit: number) => (digit === 0 ? 0 : 55 + digit * 40);
  const cube = index - 16;
  return nearest(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6));
}

const HUES: readonly Color[] = ["red", "yellow", "green", "cyan", "blue", "magenta"];

/** Returns the color of ours with the nearest hue: ours are readable on the ground of both themes, a log's need not be. */
function nearest(red: number, green: number, blue: number): Color | "" {
  const most = Math.max(red, green, blue);
  const range = most - Math.min(red, green, blue);
  if (range < 40) {
    return most > 60 && most < 160 ? "gray" : "";
  }
  const sixth =
    most === red ? (green - blue) / range : most === green ? 2 + (blue - red) / range : 4 + (red - green) / range;
  return HUES[Math.round(sixth + 6) % 6] ?? "";
}

const CLASSES: readonly [keyof Style, string][] = [
  ["bold", "log-bold"],
  ["dim", "log-dim"],
  ["italic", "log-italic"],
  ["underline", "log-underline"],
  ["strike", "log-strike"],
  ["inverse", "log-inverse"],
];

/** Returns the classes of a style, separated by blanks; the empty string for plain text. */
export function classesOf(style: Style): string {
  const names = CLASSES.filter(([member]) => style[member] === true).map(([, name]) => name);
  return (style.color === "" ? names : [`log-${style.color}`, ...names]).join(" ");
}
