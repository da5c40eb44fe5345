interface Properties {
  label: string;
  value: string;
  options: readonly (string | readonly [value: string, words: string])[];
  set: (value: string) => void;
  spoken?: string; // the name where no label is seen
}

/** The most choices: nobody reads more, and each costs the browser an element. Others can be written into the address. */
const MOST = 200;

/** A labelled choice of one: the browser's own, which every reader and every device knows. */
export function Select({ label, value, options, set, spoken }: Properties) {
  const all = options.slice(0, MOST).map((option) => (typeof option === "string" ? ([option, option] as const) : option));
  const known = all.some(([name]) => name === value) || value === "" ? all : [[value, value] as const, ...all];
  return (
    <label class="labelled">
      <span class="faint">{label}</span>
      <select class="choice" aria-label={spoken} value={value} onChange={(event) => set(event.currentTarget.value)}>
        {known.map(([name, words]) => (
          <option key={name} value={name} selected={name === value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
