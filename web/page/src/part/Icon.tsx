const PATHS = {
  run: "M2 2.7h12M2 8h12M2 13.3h8",
  jobs: "M2.5 4h1M6 4h7.5M2.5 8h1M6 8h7.5M2.5 12h1M6 12h7.5",
  table: "M2.5 3h11v10h-11zM2.5 6.5h11M6.5 3v10",
  charts: "M2.5 2.5v11h11M5 10l3-4 2 2 3-4",
  timeline: "M2.5 3.5h5M5 8h6M8.5 12.5h5",
  graph: "M2 6h4v4H2zM10 2h4v4h-4zM10 10h4v4h-4zM6 8h2M10 4H8v8h2",
  copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
  find: "M2.8 7a4.2 4.2 0 1 0 8.4 0a4.2 4.2 0 1 0-8.4 0M10.2 10.2l3.3 3.3",
  close: "M4 4l8 8M12 4l-8 8",
  down: "M4 6.5l4 4 4-4",
} as const;

export type IconName = keyof typeof PATHS;

/** A small picture beside a word, or within a button that has a name. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The sign of Experimaestro. */
export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 20 20" aria-hidden="true">
      <path d="M3 15.5V6.2L10 11l7-7.5v12" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linejoin="round" stroke-linecap="round" />
      <circle class="logo-dot" cx="17" cy="3.5" r="2.2" />
    </svg>
  );
}

/** The sign of the theme: light and dark halves. */
export function ThemeIcon() {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r="5.5" />
      <path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" />
    </svg>
  );
}
