import type UPlot from "uplot";
import type { AlignedData, Options } from "uplot";
import "uplot/dist/uPlot.min.css";
import { colorsOf } from "../../figure/colors";
import { spread } from "../../figure/scale";
import { plain } from "../../log/spans";
import type { HistoryAnswer } from "../../wire/types";
import type { Aligned } from "./history";

export interface Plot {
  setData(data: Aligned): void;
  setWidth(width: number): void;
  destroy(): void;
}

const TOKENS = ["series-1", "series-2", "series-3", "series-4", "series-5", "ink-2", "line", "line-2"] as const;
const HEIGHT = 420;
const LABELLED = 12; // more lines than these have no room for words at their ends

/** Draws lines with uPlot into an element; `point` hears the index of the place at the pointer. */
export function plotOf(
  uPlot: typeof UPlot,
  element: HTMLElement,
  answer: HistoryAnswer,
  labels: readonly string[],
  data: Aligned,
  width: number,
  point: (index: number | undefined) => void,
): Plot {
  const color = colorsOf(element, TOKENS);
  const series = [color["series-1"], color["series-2"], color["series-3"], color["series-4"], color["series-5"]];
  const strokeOf = (index: number): string => series[index % series.length] ?? "";
  const isLabelled = labels.length <= LABELLED;
  const longest = labels.reduce((most, label) => Math.max(most, label.length), 0);
  const font = `11px ${getComputedStyle(element).fontFamily}`;
  const axis = { stroke: color["ink-2"], font, grid: { stroke: color.line, width: 1 }, ticks: { stroke: color["line-2"], width: 1, size: 4 } };
  const options: Options = {
    width,
    height: HEIGHT,
    padding: [12, isLabelled ? Math.min(200, width / 3, 16 + longest * 6.4) : 12, 0, 0],
    legend: { show: false },
    cursor: { points: { size: 6 }, y: false },
    scales: { x: { time: false } },
    axes: [
      { ...axis, label: answer.x, labelFont: font, labelSize: 20, size: 28 },
      { ...axis, size: 56, values: (_, splits, _axis, _space, step) => tickTexts(splits, step) },
    ],
    series: [{}, ...labels.map((label, index) => ({ label, stroke: strokeOf(index), width: 1.5, spanGaps: true, points: { show: (plot: UPlot, at: number) => isAlone(plot.data[at]), size: 6 } }))],
    hooks: {
      setCursor: [(plot) => point(plot.cursor.idx ?? undefined)],
      draw: isLabelled ? [(plot) => drawLabels(plot, labels, strokeOf, font)] : [],
    },
  };
  let isZoomed = false;
  options.hooks!.setSelect = [(plot) => void (isZoomed = plot.select.width > 0)];
  const plot = new uPlot(options, data as AlignedData, element);
  plot.over.addEventListener("dblclick", () => (isZoomed = false));
  return {
    setData: (next) => plot.setData(next as AlignedData, !isZoomed),
    setWidth: (next) => plot.setSize({ width: next, height: HEIGHT }),
    destroy: () => plot.destroy(),
  };
}

/** Returns whether a line has one value, which is drawn as a point: no line leads to it. */
export function isAlone(values: ArrayLike<number | null | undefined> | undefined): boolean {
  return Array.from(values ?? []).filter((value) => value !== null && value !== undefined).length === 1;
}

/** Returns the words of ticks, with as many decimals as tell neighbours apart. */
export function tickTexts(ticks: readonly number[], step: number): string[] {
  const decimals = Math.min(12, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)));
  return ticks.map((tick) => (tick !== 0 && Math.abs(tick) >= 1e9 ? tick.toExponential(2) : tick.toLocaleString("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals })));
}

/** Writes the label of each line at its end, in its color, apart from the others. */
function drawLabels(plot: UPlot, labels: readonly string[], strokeOf: (index: number) => string, font: string): void {
  const { left, top, width, height } = plot.bbox;
  const sharpness = window.devicePixelRatio || 1;
  const wanted = labels.map((_, index) => {
    const values = [...(plot.data[index + 1] ?? [])];
    const last = values.findLast((value) => value !== null && value !== undefined);
    return typeof last === "number" ? Math.min(top + height, Math.max(top, plot.valToPos(last, "y", true))) : undefined;
  });
  const known = wanted.flatMap((place, index) => (place === undefined ? [] : [{ place, index }]));
  const places = spread(known.map((one) => one.place), 14 * sharpness, top, top + height);
  plot.ctx.save();
  plot.ctx.font = font.replace("11px", `600 ${11 * sharpness}px`);
  plot.ctx.textBaseline = "middle";
  plot.ctx.textAlign = "left";
  known.forEach(({ index }, at) => {
    const label = plain(labels[index] ?? "");
    plot.ctx.fillStyle = strokeOf(index);
    plot.ctx.fillText(label.length > 28 ? `${label.slice(0, 27)}…` : label, left + width + 8 * sharpness, places[at] ?? 0);
  });
  plot.ctx.restore();
}
