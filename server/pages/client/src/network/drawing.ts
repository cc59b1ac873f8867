/** Actors and ties as cytoscape draws them. */
import type { Core, ElementDefinition, StylesheetJson } from "cytoscape";
import { made } from "../view";
import { apart } from "./room";
import { FAMILIES, type Web } from "./tie";

const STYLE = "__________cytoscape_stylesheet"; // the id by which cytoscape knows that its rule is there
const SIDE = 70; // pixels that stay free beside, above and below the outermost actors, for their names
const HEAD = 30;
const FOOT = 50;
const GAP = 6;
const MANY = 8; // events for which a dot or a line is large at least
const SPREAD = 260; // pixels of the circle on which the layout begins: the same web is always drawn the same

/** Keep cytoscape from writing a style element, which the page's policy forbids: the rule stands in style.css. */
export function hasStyle(): void {
  if (!document.getElementById(STYLE)) document.head.append(made("meta", { id: STYLE }));
}

/** Return nodes and edges, on a circle with the weightiest first. */
export function elementsOf({ actors, ties }: Web): ElementDefinition[] {
  const most = Math.max(MANY, ...actors.map(({ events }) => events));
  const strongest = Math.max(MANY, ...ties.map(({ events }) => events));
  const nodes = actors.map(({ iri, label, events }, at) => ({
    data: { id: iri, label, events, size: 10 + 30 * Math.sqrt(events / most) },
    position: around(at, actors.length),
  }));
  const edges = ties.map((tie) => ({
    data: { id: `${tie.from} ${tie.family} ${tie.to}`, source: tie.from, target: tie.to, tie, family: tie.family, width: 1 + 5 * Math.sqrt(tie.events / strongest) },
  }));
  return [...nodes, ...edges];
}

/** Let forces order the actors, then fill the whole stage: names keep their size. */
export function spread(core: Core): void {
  core.layout({
    name: "cose", animate: false, randomize: false, nodeDimensionsIncludeLabels: true, idealEdgeLength: () => 90, nodeRepulsion: () => 40_000,
    gravity: 1.2, componentSpacing: 40, numIter: 1500,
  }).run();
  const { x1, y1, w, h } = core.nodes().boundingBox({ includeLabels: false });
  const [across, down] = [core.width() - 2 * SIDE, core.height() - HEAD - FOOT];
  core.nodes().positions((node) => ({
    x: SIDE + ((node.position("x") - x1) / Math.max(w, 1)) * across, y: HEAD + ((node.position("y") - y1) / Math.max(h, 1)) * down,
  }));
  core.reset();
  const boxes = core.nodes().map((node) => {
    const { x1: left, x2: right, y1: top, y2: bottom } = node.boundingBox({ includeLabels: true });
    return { key: node.id(), x: node.position("x"), y: node.position("y"), width: right - left + GAP, height: bottom - top + GAP };
  });
  for (const { key, x, y } of apart(boxes, { width: core.width(), height: core.height() - FOOT / 2 })) core.getElementById(key).position({ x, y });
}

/** Return the style, in the colours of the style sheet. */
export function styleOf(element: Element): StylesheetJson {
  const css = getComputedStyle(element);
  const colour = (name: string) => css.getPropertyValue(name).trim();
  return [
    { selector: "node", style: {
      "background-color": colour("--ink"), label: "data(label)", width: "data(size)", height: "data(size)", color: colour("--ink"),
      "font-family": css.fontFamily, "font-size": 13, "text-valign": "bottom", "text-margin-y": 4, "text-outline-color": colour("--paper"),
      "text-outline-width": 2.5, "text-wrap": "wrap", "text-max-width": "120px",
    } },
    { selector: "edge", style: {
      width: "data(width)", "curve-style": "bezier", "target-arrow-shape": "triangle", "arrow-scale": 0.9, opacity: 0.75,
    } },
    ...FAMILIES.map((family) => ({ selector: `edge[family = "${family}"]`, style: {
      "line-color": colour(`--family-${family}`), "target-arrow-color": colour(`--family-${family}`),
    } })),
    { selector: "node:selected", style: { "border-width": 4, "border-color": colour("--event") } },
    { selector: ".faint", style: { opacity: 0.15 } },
  ];
}

function around(at: number, all: number): { x: number; y: number } {
  const angle = (2 * Math.PI * at) / all;
  return { x: SPREAD * Math.cos(angle), y: SPREAD * Math.sin(angle) };
}
