import { partsOf } from "../../address/job";
import type { Scale } from "../../figure/scale";
import { durationText } from "../../part/words";
import type { TimelineAnswer } from "../../wire/types";
import { piecesOf, type Piece } from "./critical";

/** The chain of jobs that ended last, to scale, with the waiting between them. */
export function CriticalPath({ answer, scale, y, now }: { answer: TimelineAnswer; scale: Scale; y: number; now: number }) {
  const pieces = piecesOf(answer);
  const length = pieces.reduce((sum, piece) => sum + piece.to - piece.from, 0) / 1000;
  return (
    <g>
      <text x="0" y={y + 28}>
        {pieces.length === 0 ? "not known yet" : durationText(length)}
      </text>
      {pieces.filter((piece) => piece.to >= scale.from && piece.from <= scale.to).map((piece) => (
        <CriticalPiece key={piece.from} piece={piece} scale={scale} y={y} now={now} />
      ))}
    </g>
  );
}

function CriticalPiece({ piece, scale, y, now }: { piece: Piece; scale: Scale; y: number; now: number }) {
  const x = scale.at(Math.max(piece.from, scale.from));
  const width = Math.max(1.5, scale.at(Math.min(piece.to, scale.to)) - x);
  const state = piece.from > now ? "is-forecast" : piece.job === undefined ? "is-waiting" : `is-${piece.job.state}`;
  const words = piece.job === undefined ? `waits ${durationText((piece.to - piece.from) / 1000)}` : partsOf(piece.job.job).type;
  return (
    <g>
      <rect class={`box ${state}`} x={x + 0.5} y={y + 0.5} width={Math.max(1, width - 1)} height="23">
        <title>{words}</title>
      </rect>
      {words.length * 6.4 + 12 > width ? null : (
        <text class="strong" x={x + 6} y={y + 16}>
          {words}
        </text>
      )}
    </g>
  );
}
