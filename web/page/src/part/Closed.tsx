import { useStore } from "../store/use";
import { ProblemNote } from "./ProblemNote";

/** The way in again, after the server has started anew or the session has ended: what is shown stays below. */
export function Closed() {
  const now = useStore().live.value;
  return now.state === "lost" && now.problem?.status === 401 ? <ProblemNote problem={now.problem} /> : null;
}
