/** Parts of addresses as text that people can read: only what would be misread is encoded. */

/** Returns a segment of a path: `a/b` is `a%2Fb`. Names are those of folders, so that none is `.` or `..`. */
export function segment(text: string): string {
  return encodeURIComponent(text);
}

/** Returns a value of a query, with `+` for a space and readable marks. */
export function value(text: string): string {
  return encodeURIComponent(text)
    .replace(/%20/g, "+")
    .replace(/%(3D|2C|3A|2F|3B|40|24)/g, (code) => decodeURIComponent(code));
}

/** Returns names as one text, separated by commas. */
export function list(names: readonly string[]): string {
  return names.map((name) => name.replace(/[%,]/g, (mark) => encodeURIComponent(mark))).join(",");
}

/** Returns the names of a text that `list` made. */
export function unlist(text: string): string[] {
  return text === "" ? [] : text.split(",").map((name) => decoded(name));
}

/** Returns a text without its escapes, or as it is if they are wrong: an address is typed by people too. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
