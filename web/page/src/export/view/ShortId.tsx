const DIGITS = 8;

/** An identifier by its first digits; the whole of it is told on hover, and copied with the text around it. */
export function ShortId({ id }: { id: string }) {
  return (
    <span class="mono faint" title={id}>
      {id.slice(0, DIGITS)}
      <span class="id-rest">{id.slice(DIGITS)}</span>
    </span>
  );
}
