/** Another selection of the same page without loading it anew: the server's HTML takes the old one's place, drawn views stay. */
import { type Page, pageOf } from "./page";

let running: AbortController | null = null;

/** Let links and forms that change only the query string exchange the page's contents; `show` redraws its views. */
export function follow(show: (page: Page) => void): void {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const target = link && plain(event, link) ? targetOf(link) : null;
    if (target && go(target, show)) event.preventDefault();
  });
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.method === "get" && go(submitted(form, event.submitter), show)) event.preventDefault();
  });
  addEventListener("popstate", () => {
    busy(true);
    void exchange(new URL(location.href), show);
  });
  document.addEventListener("lagebild:go", (event) => {
    const { address, replace } = (event as CustomEvent<{ address: string; replace: boolean }>).detail;
    if (!go(new URL(address, location.href), show, replace)) location.assign(address);
  });
}

/** Go to an address as if a link to it were followed; `replace` leaves no step in the history. */
export function visit(address: string, replace = false): void {
  document.dispatchEvent(new CustomEvent("lagebild:go", { detail: { address, replace } }));
}

function plain(event: MouseEvent, link: Element): boolean {
  const modified = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  return !modified && !event.defaultPrevented && !link.hasAttribute("download") && !link.hasAttribute("target");
}

function targetOf(link: HTMLAnchorElement | SVGAElement): URL {
  return new URL(link.getAttribute("href") ?? "", location.href);
}

function submitted(form: HTMLFormElement, submitter: HTMLElement | null): URL {
  const target = new URL(form.action);
  const pairs = [...new FormData(form, submitter)].filter((pair): pair is [string, string] => typeof pair[1] === "string" && pair[1] !== "");
  target.search = new URLSearchParams(pairs).toString();
  return target;
}

/** Begin the exchange where the address is one of this page with another query; tell whether it is. */
function go(target: URL, show: (page: Page) => void, replace = false): boolean {
  const same = target.origin === location.origin && target.pathname === location.pathname;
  if (!same || target.hash || target.searchParams.has("lang") || target.searchParams.has("format")) return false;
  busy(true);
  history[replace ? "replaceState" : "pushState"](null, "", target);
  void exchange(target, show);
  return true;
}

async function exchange(target: URL, show: (page: Page) => void): Promise<void> {
  running?.abort();
  const own = (running = new AbortController());
  try {
    const response = await fetch(target, { headers: { Accept: "text/html" }, signal: own.signal });
    const next = new DOMParser().parseFromString(await response.text(), "text/html");
    const page = pageOf(next);
    if (!page || own.signal.aborted) throw new Error("This page has no views");
    take(next);
    show(page);
    busy(false);
  } catch {
    if (!own.signal.aborted) location.assign(target);
  }
}

function busy(now: boolean): void {
  document.querySelector("main")?.setAttribute("aria-busy", String(now));
}

/** Put the contents of another document in place, but keep each drawn view that it has too, and where the reader is. */
function take(next: Document): void {
  const old = document.querySelector("main");
  const main = next.querySelector("main");
  if (!old || !main) throw new Error("A page without main");
  const focused = document.activeElement;
  const place = { left: scrollX, top: scrollY };
  keepViews(old, main);
  keepOpen(old, main);
  if (!main.querySelector("#view")) document.querySelector("#view")?.replaceWith(next.querySelector("#view") as Node);
  old.replaceChildren(...main.childNodes);
  document.title = next.title;
  const again = focused?.isConnected ? focused : document.getElementById(focused?.id ?? "");
  if (again instanceof HTMLElement || again instanceof SVGElement) again.focus({ preventScroll: true });
  scrollTo(place);
}

function keepViews(old: Element, main: Element): void {
  for (const element of main.querySelectorAll<HTMLElement>("[data-view]")) {
    const drawn = old.querySelector(`[data-view="${CSS.escape(element.dataset["view"] ?? "")}"]`);
    if (drawn) element.replaceWith(drawn);
  }
}

function keepOpen(old: Element, main: Element): void {
  for (const element of old.querySelectorAll("details[id]")) {
    main.querySelector(`details[id="${CSS.escape(element.id)}"]`)?.toggleAttribute("open", element.hasAttribute("open"));
  }
}
