/** The network: actors, and who attacks, supports, besieges whom; the more events, the broader the line. */
import cytoscape, { type Core, type NodeSingular } from "cytoscape";
import { addressWith } from "../address";
import { visit } from "../navigation";
import { type Page, linkOf, slugOf, text } from "../page";
import { select } from "../sparql";
import { type Create, type View, made } from "../view";
import { elementsOf, hasStyle, spread, styleOf } from "./drawing";
import { FAMILIES, type Family, type Tie, type Web, readable, webOf } from "./tie";

const MOST = { wide: 36, narrow: 16 }; // actors that can be told apart
const NARROW = 600;
const STEP = 1.4;
const KEYS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

class NetworkView implements View {
  private readonly drawing = made("div");
  private readonly stage = made("div", { class: "network-stage", tabindex: "0", role: "group" }, this.drawing);
  private readonly families = made("ul", { class: "network-families" });
  private readonly told = made("p", { class: "network-told", role: "status" });
  private readonly buttons = made("div", { class: "map-buttons" });
  private readonly off = new Set<Family>();
  private core: Core | null = null;
  private page: Page | null = null;
  private web: Web = { actors: [], ties: [] };
  private types: ReadonlyMap<string, string> = new Map();
  private at = -1;
  private drawnWidth = 0;

  constructor(private readonly element: HTMLElement) {
    hasStyle();
    this.stage.append(this.buttons);
    element.replaceChildren(this.stage, this.families, this.told);
    this.stage.addEventListener("keydown", (event) => this.key(event));
    new ResizeObserver(() => this.resize()).observe(this.stage);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
  }

  async show(page: Page, signal: AbortSignal): Promise<void> {
    const [rows, types] = await Promise.all([select(page.queries["network"] ?? ""), select(typeLabels(page.language))]);
    if (signal.aborted) return;
    this.page = page;
    this.web = webOf(rows);
    this.types = new Map(types.map((row) => [row["type"]?.value ?? "", row["label"]?.value ?? ""]));
    this.stage.setAttribute("aria-label", text(page, "network.title"));
    this.stage.hidden = this.web.ties.length === 0;
    this.fillFamilies(page);
    this.draw();
  }

  private draw(): void {
    this.core?.destroy();
    this.core = null;
    this.at = -1;
    const { page, web } = this;
    if (!page || !this.stage.isConnected) return;
    const most = this.element.clientWidth < NARROW ? MOST.narrow : MOST.wide;
    const wanted = { ...web, ties: web.ties.filter(({ family }) => !this.off.has(family)) };
    const seen = readable(wanted, most);
    this.told.textContent = this.hint(page, seen, wanted);
    if (!seen.ties.length) return;
    this.core = cytoscape({
      container: this.drawing, elements: elementsOf(seen), style: styleOf(this.stage), autoungrabify: false, boxSelectionEnabled: false,
      userZoomingEnabled: false, minZoom: 0.5, maxZoom: 3, layout: { name: "preset" },
    });
    this.drawnWidth = this.stage.clientWidth;
    spread(this.core);
    this.listen(page, this.core);
    this.fillButtons(page);
  }

  /** Draw anew where there is clearly more or less room. */
  private resize(): void {
    const width = this.stage.clientWidth;
    if (this.core && Math.abs(width - this.drawnWidth) > 1) this.draw();
  }

  private hint(page: Page, seen: Web, all: Web): string {
    if (!all.ties.length) return text(page, "network.none");
    const part = seen.ties.length < all.ties.length ? text(page, "network.part", { n: seen.ties.length, all: all.ties.length }) : "";
    return `${part} ${text(page, "network.hint")}`.trim();
  }

  private listen(page: Page, core: Core): void {
    core.on("tap", "node", ({ target }) => this.open(page, target as NodeSingular));
    core.on("mouseover", "node", ({ target }) => this.choose(target as NodeSingular));
    core.on("mouseover", "edge", ({ target }) => (this.told.textContent = this.tieInWords(page, target.data("tie") as Tie)));
    core.on("mouseout", "node", () => core.elements().removeClass("faint"));
  }

  /** Show an actor with its neighbours, and tell its ties. */
  private choose(node: NodeSingular): void {
    const { core, page } = this;
    if (!core || !page) return;
    core.elements().addClass("faint");
    node.closedNeighborhood().removeClass("faint");
    const ties = node.connectedEdges().map((edge) => edge.data("tie") as Tie).sort((one, other) => other.events - one.events);
    this.told.textContent = ties.slice(0, 4).map((tie) => this.tieInWords(page, tie)).join(" · ") + (ties.length > 4 ? " …" : "");
  }

  private tieInWords(page: Page, { from, to, types }: Tie): string {
    const name = (iri: string) => this.web.actors.find((actor) => actor.iri === iri)?.label ?? iri;
    const what = types.map(([type, n]) => `${this.types.get(type) ?? type} (${n.toLocaleString(page.language)})`).join(", ");
    return text(page, "network.edge", { agent: name(from), target: name(to), what });
  }

  private open(page: Page, node: NodeSingular): void {
    const slug = slugOf(page, node.id());
    if (page.selection && slug) visit(addressWith({ actor: slug }));
    else location.assign(linkOf(page, node.id()) ?? location.href);
  }

  private key(event: KeyboardEvent): void {
    const { core, page } = this;
    if (!core || !page || event.target !== this.stage) return;
    const nodes = core.nodes().sort((one, other) => (other.data("events") as number) - (one.data("events") as number));
    const by = KEYS[event.key];
    if (by !== undefined) {
      this.at = (this.at + by + nodes.length) % nodes.length;
      core.nodes().unselect();
      nodes[this.at]?.select();
      if (nodes[this.at]) this.choose(nodes[this.at] as NodeSingular);
    } else if (event.key === "Enter" && nodes[this.at]) this.open(page, nodes[this.at] as NodeSingular);
    else if (event.key === "Escape") core.elements().removeClass("faint").unselect();
    else return;
    event.preventDefault();
  }

  private fillFamilies(page: Page): void {
    const held = FAMILIES.filter((family) => this.web.ties.some((tie) => tie.family === family));
    this.families.replaceChildren(...held.map((family) => {
      const button = made("button", { type: "button", "aria-pressed": String(!this.off.has(family)) },
        made("span", { class: `line family-${family}` }), text(page, `network.family.${family}`));
      button.addEventListener("click", () => {
        if (!this.off.delete(family)) this.off.add(family);
        button.setAttribute("aria-pressed", String(!this.off.has(family)));
        this.draw();
      });
      return made("li", {}, button);
    }));
  }

  private fillButtons(page: Page): void {
    const zoom = (by: number) => this.core?.zoom({ level: this.core.zoom() * by, renderedPosition: { x: this.stage.clientWidth / 2, y: this.stage.clientHeight / 2 } });
    const buttons: readonly (readonly [string, string, () => void])[] = [
      ["+", "network.nearer", () => zoom(STEP)], ["−", "network.farther", () => zoom(1 / STEP)], ["⤢", "network.fit", () => this.core?.reset()],
    ];
    this.buttons.replaceChildren(...buttons.map(([sign, key, act]) => {
      const button = made("button", { type: "button", "aria-label": text(page, key), title: text(page, key) }, sign);
      button.addEventListener("click", act);
      return button;
    }));
  }
}

function typeLabels(language: string): string {
  return `PREFIX lb: <https://w3id.org/lagebild/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?type (MIN(?name) AS ?label) WHERE { ?type rdfs:subClassOf* lb:Event ; rdfs:label ?name FILTER(LANG(?name) = "${language}") } GROUP BY ?type`;
}

export const create: Create = (element) => new NetworkView(element);
