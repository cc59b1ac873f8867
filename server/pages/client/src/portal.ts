/** Brings a page to life: each element with data-view is handed to the module of that view. */
import { follow } from "./navigation";
import { type Page, pageOf } from "./page";
import { type Create, type View, filled } from "./view";

const MODULES: Readonly<Record<string, () => Promise<{ create: Create }>>> = {
  map: () => import("./map/map"),
  timeline: () => import("./timeline/timeline"),
  network: () => import("./network/network"),
  editor: () => import("./editor/editor"),
};
const views = new Map<HTMLElement, Promise<View>>();

function show(element: HTMLElement, page: Page): Promise<void> {
  return filled(element, page, async (signal) => {
    const view = views.get(element) ?? begun(element);
    views.set(element, view);
    await (await view).show(page, signal);
  });
}

async function begun(element: HTMLElement): Promise<View> {
  const load = MODULES[element.dataset["view"] ?? ""];
  if (!load) throw new Error(`There is no view ${element.dataset["view"]}`);
  return (await load()).create(element);
}

function showAll(page: Page): void {
  for (const element of document.querySelectorAll<HTMLElement>("[data-view]")) void show(element, page);
}

const page = pageOf(document);
if (page) {
  showAll(page);
  follow(showAll);
}
