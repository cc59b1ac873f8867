/** What the map shows of a day: each town in the colour of who held it. */
import { text } from "../page";
import type { Sight } from "./event_scene";
import { groundNames } from "./names";
import { type Holding, type Period, held } from "./periods";
import type { Scene, Spot } from "./surface";

const RADIUS = 8;
const COLOURS = 7; // holders with a colour of their own, see style.css
const OTHERS = "holder-0";

export interface Entry {
  readonly style: string;
  readonly label: string;
  readonly towns: number;
}

/** Return the scene of a day, and its legend; `holders` in the order of their colours. */
export function holdingScene(
  sight: Sight, periods: readonly Period[], holders: readonly { iri: string; label: string }[], day: string,
  href: (iri: string) => string | null,
): { scene: Scene; legend: Entry[] } {
  const { page, ground, projection, size } = sight;
  const style = new Map(holders.map(({ iri }, at) => [iri, at < COLOURS ? `holder-${at + 1}` : OTHERS]));
  const towns = held(periods, day);
  const spots = towns.flatMap((town): Spot[] => {
    const at = town.point && projection([town.point[0], town.point[1]]);
    const first = town.holders[0];
    if (!at || !first) return [];
    const doubt = first.certain && town.holders.length === 1 ? "" : " map-doubt";
    return [{
      key: town.place.slice(page.base.length).replace(/[^\w-]/g, "_"), x: at[0], y: at[1], radius: RADIUS, name: town.label, events: 0, inside: "",
      told: told(sight, town), style: `map-held ${style.get(first.iri) ?? OTHERS}${doubt}`, href: href(town.place), open: null,
    }];
  });
  const names = spots.map(({ key, name, x, y }) => ({ key, text: name, x, y, away: RADIUS + 2, kind: "place" as const }));
  const doubted = towns.filter(({ holders: [first, ...others] }) => !first?.certain || others.length > 0).length;
  const doubt = doubted ? [{ style: "swatch-doubt", label: text(page, "map.doubt"), towns: doubted }] : [];
  return {
    scene: { areas: [], spots, wishes: [...names, ...groundNames(ground, projection, size, page.language)] },
    legend: [...legend(towns, holders, style), ...doubt],
  };
}

function told({ page }: Sight, { label, holders }: Holding): string {
  const names = holders.map(({ label: holder, certain }) => (certain ? holder : text(page, "map.perhaps", { holder })));
  return `${label}: ${names.join(", ")}`;
}

function legend(towns: readonly Holding[], holders: readonly { iri: string; label: string }[], style: ReadonlyMap<string, string>): Entry[] {
  const counts = new Map<string, number>();
  for (const { holders: [first] } of towns) if (first) counts.set(first.iri, (counts.get(first.iri) ?? 0) + 1);
  return holders.filter(({ iri }) => counts.has(iri)).map(({ iri, label }) => ({ style: style.get(iri) ?? OTHERS, label, towns: counts.get(iri) ?? 0 }));
}
