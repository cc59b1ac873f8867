/** Days, months and years in the reader's language. */

/** Return a day, month or year in words: 12. Juni 2016, Juni 2016, 2016. */
export function inWords(key: string, language: "de" | "en"): string {
  if (key.length === 4) return key;
  const [year = 0, month = 1, day = 1] = key.split("-").map(Number);
  const parts: Intl.DateTimeFormatOptions = { year: "numeric", month: "long", timeZone: "UTC", ...(key.length > 7 ? { day: "numeric" } : {}) };
  return new Intl.DateTimeFormat(language, parts).format(Date.UTC(year, month - 1, day));
}

/** Return what stands below a bin's bar: the year, the month at its first day, the day. */
export function tickOf(key: string, language: "de" | "en"): string {
  if (key.length === 4) return key;
  const [year = 0, month = 1, day = 1] = key.split("-").map(Number);
  if (key.length === 7) return month === 1 ? String(year) : format(year, month, 1, language, { month: "short" });
  return day === 1 ? format(year, month, 1, language, { month: "short", year: "numeric" }) : format(year, month, day, language, { day: "numeric", month: "short" });
}

/** Tell how important a bin's tick is: 0 a year, 1 a month or quarter, 2 the rest. */
export function rankOf(key: string): number {
  const [year = 0, month, day] = key.split("-").map(Number);
  if (month === undefined) return year % 10 === 0 ? 0 : year % 5 === 0 ? 1 : 2;
  if (day === undefined) return month === 1 ? 0 : month % 3 === 1 ? 1 : 2;
  return day === 1 ? 0 : day % 10 === 1 && day < 31 ? 1 : 2;
}

function format(year: number, month: number, day: number, language: string, parts: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language, { ...parts, timeZone: "UTC" }).format(Date.UTC(year, month - 1, day));
}
