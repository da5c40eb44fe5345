import type { JobLink, TimelineAnswer } from "../../wire/types";

/** A piece of the critical path: a job, or the time that it waits for its place. */
export interface Piece {
  from: number;
  to: number;
  job?: JobLink; // absent: nothing of the path runs
}

/** Returns the critical path, with the waiting between its jobs. */
export function piecesOf(answer: TimelineAnswer): Piece[] {
  const pieces: Piece[] = [];
  let reached = Date.parse(answer.from ?? answer.critical[0]?.from ?? "");
  for (const step of answer.critical) {
    const from = Date.parse(step.from);
    const to = Math.max(from, Date.parse(step.to));
    if (from - reached >= 1000) {
      pieces.push({ from: reached, to: from });
    }
    pieces.push({ from, to, job: step.job });
    reached = Math.max(reached, to);
  }
  return pieces;
}

/** Returns the share of the critical path in which none of its jobs runs, from 0 to 1. */
export function waitingShare(pieces: readonly Piece[]): number {
  const length = (of: readonly Piece[]): number => of.reduce((sum, piece) => sum + piece.to - piece.from, 0);
  const whole = length(pieces);
  return whole === 0 ? 0 : length(pieces.filter((piece) => piece.job === undefined)) / whole;
}
