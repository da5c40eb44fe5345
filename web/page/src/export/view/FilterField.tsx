import { useEffect, useRef, useState } from "preact/hooks";
import { useKeys } from "../../keys/use";
import { Icon } from "../../part/Icon";
import { Mistake } from "../../part/Mistake";
import { useModel } from "./model";

/** The filter of all views, which is in the address. While it has a mistake, the last selection that was right stays. */
export function FilterField() {
  const model = useModel();
  const { q, view } = model.place.value;
  const mistake = model.mistake.value;
  const input = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState(q);
  const typed = useRef(q);
  useEffect(() => {
    const now = model.place.peek().q; // more may have been typed since q was drawn
    if (now !== typed.current) {
      typed.current = now;
      setDraft(now);
    }
  }, [q]);
  useKeys({
    filter: (event) => {
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    },
  });
  function type(text: string): void {
    typed.current = text;
    setDraft(text);
    model.go({ q: text, view: view === "run" ? "jobs" : view }, true);
  }
  return (
    <div class="filter">
      <div class="find">
        <Icon name="find" />
        <input
          ref={input}
          type="text"
          aria-label="Filter jobs"
          aria-invalid={mistake !== undefined}
          {...(mistake === undefined ? {} : { "aria-describedby": "filter-mistake" })}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          placeholder="state=failed, k1=0.6..1.2, not host=node05, error~space"
          value={draft}
          onInput={(event) => type(event.currentTarget.value)}
          onKeyDown={(event) => event.key === "Escape" && (event.stopPropagation(), event.currentTarget.blur())}
        />
        {draft === "" ? (
          <kbd aria-hidden="true">/</kbd>
        ) : (
          <button type="button" class="clear-filter" aria-label="Clear the filter" onClick={() => type("")}>
            <Icon name="close" />
          </button>
        )}
      </div>
      {mistake === undefined ? null : (
        <Mistake q={q} at={mistake.at} length={mistake.length} words={mistake.advice === undefined ? mistake.message : `${mistake.message}; ${mistake.advice}`} />
      )}
    </div>
  );
}
