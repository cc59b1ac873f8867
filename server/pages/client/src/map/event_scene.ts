/** What the map shows of the places of events: spots by their number, areas where no more is told, names. */
import type { GeoProjection } from "d3-geo";
import { type Page, text } from "../page";
import { type Ground } from "./ground";
import type { Wish } from "./label";
import { type Mark, clustered } from "./mark";
import { groundNames } from "./names";
import type { Size } from "./outlines";
import { type Place, isArea } from "./place";
import { type Area, type Scene, countryAround, disc } from "./surface";

const REGION = 45; // kilometres around a region's middle: no outlines of regions are shipped
const COUNTRY = 150; // where a country has no outline
const COUNTED = 10; // pixels of radius that have room for a number
const NAMED = 4; // places of a cluster that are told by name

export interface Sight {
  readonly page: Page;
  readonly ground: Ground;
  readonly projection: GeoProjection;
  readonly size: Size;
}

/** Return the scene; `href` says where a place leads, `nearer` shows the places of a cluster from near. */
export function eventScene(
  sight: Sight, places: readonly Place[], href: (iri: string) => string | null, nearer: (places: readonly Place[]) => void,
): Scene {
  const { page, ground, projection, size } = sight;
  const spots = clustered(places.filter(({ precision }) => !isArea(precision)), ({ point }) => projection([point[0], point[1]]));
  const vague = places.filter(({ precision }) => isArea(precision));
  const areas = vague.map((place) => areaOf(page, ground, place, href));
  return {
    areas,
    spots: spots.map((mark) => ({
      key: mark.place.iri.slice(page.base.length).replace(/[^\w-]/g, "_"), x: mark.x, y: mark.y, radius: mark.radius, name: mark.place.label, events: mark.events,
      inside: mark.radius >= COUNTED ? mark.events.toLocaleString(page.language) : "", told: told(page, mark),
      style: mark.members.length > 1 ? "map-cluster" : mark.place.precision === "water" ? "map-water" : "", href: mark.members.length > 1 ? null : href(mark.place.iri),
      open: mark.members.length > 1 ? () => nearer(mark.members) : null,
    })),
    wishes: [...spots.map((mark) => nameOf(mark)), ...areaNames(page, projection, vague), ...groundNames(ground, projection, size, page.language)],
  };
}

function areaOf(page: Page, ground: Ground, place: Place, href: (iri: string) => string | null): Area {
  const outline = place.precision === "country" ? countryAround(ground, place.point) : null;
  const shape = outline ?? disc(place.point, place.precision === "country" ? COUNTRY : REGION);
  const words = text(page, place.precision === "country" ? "map.in_country" : "map.in_region", { place: place.label, n: place.events });
  return { key: place.iri, shape, events: place.events, style: `area-${place.precision}`, told: words, href: href(place.iri) };
}

function areaNames(page: Page, projection: GeoProjection, places: readonly Place[]): Wish[] {
  return places.flatMap(({ iri, label, point, events }) => {
    const at = projection([point[0], point[1]]);
    return at ? [{ key: `area-${iri}`, text: `${label} · ${events.toLocaleString(page.language)}`, x: at[0], y: at[1], away: 0, kind: "area" as const }] : [];
  });
}

function nameOf({ place, x, y, radius, members }: Mark): Wish {
  const more = members.length > 1 ? ` +${members.length - 1}` : "";
  return { key: place.iri, text: place.label + more, x, y, away: place.precision === "water" ? radius + 2 : radius, kind: "place" };
}

function told(page: Page, { members, events, place }: Mark): string {
  if (members.length === 1) return text(page, events === 1 ? "map.one_event" : "map.some_events", { place: place.label, n: events });
  const names = members.slice(0, NAMED).map(({ label, events: n }) => `${label} (${n.toLocaleString(page.language)})`).join(", ");
  return text(page, "map.cluster", { places: names + (members.length > NAMED ? " …" : ""), n: events });
}

