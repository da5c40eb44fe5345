/**
 * Returns colors of the tokens as a canvas understands them. A custom property is text to a script; the color of an
 * element that uses it is one, in the theme of the moment.
 */
export function colorsOf<Token extends string>(beside: Element, tokens: readonly Token[]): Record<Token, string> {
  const probe = document.createElement("i");
  beside.after(probe);
  const found = Object.fromEntries(
    tokens.map((token) => {
      probe.style.color = `var(--${token})`;
      return [token, getComputedStyle(probe).color];
    }),
  );
  probe.remove();
  return found as Record<Token, string>;
}
