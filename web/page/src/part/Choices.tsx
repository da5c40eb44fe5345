import { Menu } from "./Menu";
import { numberText } from "./words";
import "./Choices.css";

interface Properties {
  word: string; // what is chosen
  chosen: readonly string[];
  offered: readonly string[];
  isOpen: boolean;
  setOpen: (isOpen: boolean) => void;
  onChoice: (names: string[]) => void;
}

/** The most names that are offered: nobody reads more, and each costs the browser a button. */
const MOST = 200;

/** Several names out of many, in an order: a name that is added is the last. */
export function Choices({ word, chosen, offered, isOpen, setOpen, onChoice }: Properties) {
  const all = [...chosen, ...offered.filter((name) => !chosen.includes(name))];
  const names = all.slice(0, Math.max(MOST, chosen.length));
  const face = (
    <>
      <i>{word}</i> {chosen.length === 0 ? "none" : chosen.join(", ")}
    </>
  );
  return (
    <Menu label={`${word}: ${chosen.join(", ") || "none"}`} face={face} isOpen={isOpen} setOpen={setOpen} class="choices">
      {names.map((name) => {
        const isChosen = chosen.includes(name);
        return (
          <li key={name}>
            <button
              type="button"
              aria-pressed={isChosen}
              onClick={() => onChoice(isChosen ? chosen.filter((other) => other !== name) : [...chosen, name])}
            >
              <span class="choices-mark" aria-hidden="true">
                {isChosen ? "✓" : ""}
              </span>
              {name}
            </button>
          </li>
        );
      })}
      {all.length > names.length && <li class="choices-none">and {numberText(all.length - names.length)} more, by the address</li>}
      {names.length === 0 && <li class="choices-none">nothing to choose</li>}
    </Menu>
  );
}
