import { Menu } from "./Menu";
import "./Choices.css";

interface Properties {
  word: string; // what is chosen
  chosen: readonly string[];
  offered: readonly string[];
  isOpen: boolean;
  setOpen: (isOpen: boolean) => void;
  onChoice: (names: string[]) => void;
}

/** Several names out of many, in an order: a name that is added is the last. */
export function Choices({ word, chosen, offered, isOpen, setOpen, onChoice }: Properties) {
  const names = [...chosen, ...offered.filter((name) => !chosen.includes(name))];
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
      {names.length === 0 && <li class="choices-none">nothing to choose</li>}
    </Menu>
  );
}
