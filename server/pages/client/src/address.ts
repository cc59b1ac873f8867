/** Addresses of the same page with another selection. */

const REPEATED = new Set(["actor", "type", "certainty", "source", "place"]);

/** Return the address with names set, or taken out where the value is null; always on the first page. */
export function addressWith(change: Readonly<Record<string, string | null>>, now: Location | URL = location): string {
  const pairs = new URLSearchParams(now.search);
  pairs.delete("page");
  for (const [name, value] of Object.entries(change)) {
    if (value === null) pairs.delete(name);
    else if (!REPEATED.has(name)) pairs.set(name, value);
    else if (!pairs.getAll(name).includes(value)) pairs.append(name, value);
  }
  const query = pairs.toString();
  return query ? `${now.pathname}?${query}` : now.pathname;
}
