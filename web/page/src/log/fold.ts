/** Characters of a line that are shown before a reader asks for the rest. */
export const FOLD = 4096;

/** The shown part of a line, and how many characters are not shown. */
export interface Folded {
  text: string;
  hidden: number;
}

/** Folds a long line. A pair of surrogates is not cut in two. */
export function fold(text: string): Folded {
  if (text.length <= FOLD) {
    return { text, hidden: 0 };
  }
  const last = text.charCodeAt(FOLD - 1);
  const end = last >= 0xd800 && last <= 0xdbff ? FOLD - 1 : FOLD;
  return { text: text.slice(0, end), hidden: text.length - end };
}
