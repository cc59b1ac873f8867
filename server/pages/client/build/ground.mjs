// What lies under the map's events: countries (Natural Earth by world-atlas) and rivers (Natural Earth), as one small file.

const DIGITS = 2; // about a kilometre, as fine as the outlines are

/** Return {countries: topology without names, rivers: [{name, rank, lines}]}; throws on data of another shape. */
export function ground(atlas, rivers) {
  if (!atlas.objects?.countries) throw new Error("world-atlas: no countries in it");
  const geometries = atlas.objects.countries.geometries.map(({ type, arcs, id }) => ({ type, arcs, id }));
  const countries = { ...atlas, objects: { countries: { type: "GeometryCollection", geometries } } };
  return { countries, rivers: rivers.features.map(river) };
}

function river({ properties, geometry }) {
  const lines = geometry.type === "LineString" ? [geometry.coordinates] : geometry.coordinates;
  return { name: properties.name, rank: properties.rank, lines: lines.map(thinned) };
}

function thinned(line) {
  const rounded = line.map((point) => point.map((number) => Number(number.toFixed(DIGITS))));
  return rounded.filter((point, at) => at === 0 || at === rounded.length - 1 || String(point) !== String(rounded[at - 1]));
}
