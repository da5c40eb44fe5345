import type { Problem } from "../wire/request";
import { useStore } from "../store/use";
import "./Note.css";

/** What could not be shown, and what to do. What is there stays below it. */
export function ProblemNote({ problem, again }: { problem: Problem; again?: string }) {
  const store = useStore();
  return (
    <div class="note is-problem" role="alert">
      <p class="strong">{problem.error}</p>
      {problem.advice === undefined ? null : <p>{problem.advice}</p>}
      {problem.near === undefined || problem.near.length === 0 ? null : <p>Near names: {problem.near.join(", ")}</p>}
      {again === undefined ? null : (
        <button type="button" class="button" onClick={() => store.readAgain(again)}>
          Try again
        </button>
      )}
    </div>
  );
}
