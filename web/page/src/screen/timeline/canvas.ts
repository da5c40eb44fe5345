import { colorsOf } from "../../figure/colors";
import { isBad } from "./bars";
import { verticalOf, type Lane } from "./lanes";

const TOKENS = ["done-soft", "done-bar", "failed", "running", "running-soft", "queued", "queued-soft", "new-soft", "control", "ink", "ground"] as const;

/** Draws the boxes of many attempts on a canvas, as their elements would look. */
export function paintBoxes(canvas: HTMLCanvasElement, lanes: readonly Lane[], width: number, height: number, critical: ReadonlySet<string>): void {
  const sharpness = window.devicePixelRatio || 1;
  canvas.width = width * sharpness;
  canvas.height = height * sharpness;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d");
  if (context === null) {
    return;
  }
  const color = colorsOf(canvas, TOKENS);
  const fills: Record<string, [fill: string, edge: string]> = {
    done: [color["done-soft"], color["done-bar"]],
    failed: [color.failed, color.failed],
    corrupt: [color.failed, color.failed],
    running: [color["running-soft"], color.running],
    starting: [color["queued-soft"], color.queued],
    queued: [color["queued-soft"], color.queued],
    new: [color["new-soft"], color.control],
  };
  context.scale(sharpness, sharpness);
  for (const lane of lanes) {
    for (const box of lane.boxes) {
      const { y, height: tall } = verticalOf(lane, box);
      const [fill, edge] = fills[box.state] ?? ["", ""];
      context.fillStyle = fill;
      context.strokeStyle = box.bars.some((bar) => critical.has(bar.job.job)) ? color.ink : edge;
      context.fillRect(box.x, y, Math.max(1, box.width - 0.5), tall);
      if (box.width >= 3 && tall >= 4) {
        context.strokeRect(box.x + 0.5, y + 0.5, Math.max(1, box.width - 1.5), tall - 0.5);
      }
      if (isBad(box.state) && box.width >= 12 && tall >= 10) {
        cross(context, box.x + box.width / 2, y + tall / 2, color.ground);
      }
    }
  }
}

function cross(context: CanvasRenderingContext2D, x: number, y: number, color: string): void {
  context.strokeStyle = color;
  context.beginPath();
  context.moveTo(x - 3, y - 3);
  context.lineTo(x + 3, y + 3);
  context.moveTo(x + 3, y - 3);
  context.lineTo(x - 3, y + 3);
  context.stroke();
}
