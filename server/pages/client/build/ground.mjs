// What lies under the map's events: countries (Natural Earth by world-atlas) and rivers (Natural Earth), as one small file.

const DIGITS = 2; // about a kilometre, as fine as the outlines are

/** Return {countries: topology without names, rivers: [{names: {de, en} | null, rank, lines}]}; throws on data of another shape. */
export function ground(atlas, rivers, names) {
  if (!atlas.objects?.countries) throw new Error("world-atlas: no countries in it");
  const geometries = atlas.objects.countries.geometries.map(({ type, arcs, id }) => ({ type, arcs, id }));
  const countries = { ...atlas, objects: { countries: { type: "GeometryCollection", geometries } } };
  const known = new Map(rows(names).map(([name, de, en]) => [name, { de, en }]));
  return { countries, rivers: rivers.features.map((feature) => river(feature, known)) };
}

function rows(table) {
  return table.trimEnd().split("\n").slice(1).map((line) => line.split("\t"));
}

function river({ properties, geometry }, known) {
  const lines = geometry.type === "LineString" ? [geometry.coordinates] : geometry.coordinates;
  return { names: known.get(properties.name) ?? null, rank: properties.rank, lines: lines.map(thinned) };
}

function thinned(line) {
  const rounded = line.map((point) => point.map((number) => Number(number.toFixed(DIGITS))));
  return rounded.filter((point, at) => at === 0 || at === rounded.length - 1 || String(point) !== String(rounded[at - 1]));
}
