import { BINDINGS, type Section } from "./table";

const SHOWN: Record<string, string> = { Escape: "Esc", ArrowDown: "↓", ArrowUp: "↑", ArrowLeft: "←", ArrowRight: "→" };

/** Returns the keys of a binding as they are shown: `g r`, `Esc`. */
export function shownKeys(keys: string): string {
  return keys
    .split(" ")
    .map((key) => SHOWN[key] ?? key)
    .join(" ");
}

/** Returns the words of a section, with all the keys that mean them. */
export function wordsOf(section: Section): [words: string, keys: string[]][] {
  const words = new Map<string, string[]>();
  for (const binding of BINDINGS.filter((one) => one.section === section)) {
    words.set(binding.words, [...(words.get(binding.words) ?? []), shownKeys(binding.keys)]);
  }
  return [...words];
}

export const SECTIONS: readonly Section[] = ["Go", "Move", "Choose", "Filter", "Do", "Log", "Compare", "Page"];

/** Returns the table of all keys for the documentation. */
export function markdown(): string {
  const rows = SECTIONS.flatMap((section) => wordsOf(section).map(([words, keys]) => `| ${section} | ${keys.map((key) => `\`${key}\``).join(" ")} | ${words} |`));
  return ["| Section | Keys | What they do |", "|---|---|---|", ...rows].join("\n");
}
