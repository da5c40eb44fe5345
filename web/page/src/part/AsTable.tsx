/** The choice between a picture and its table: each reads what the other shows. */
export function AsTable({ isTable, set }: { isTable: boolean; set: (isTable: boolean) => void }) {
  return (
    <span class="segments" role="group" aria-label="Shown as">
      <button type="button" aria-pressed={!isTable} onClick={() => set(false)}>
        Picture
      </button>
      <button type="button" aria-pressed={isTable} onClick={() => set(true)}>
        As table
      </button>
    </span>
  );
}
