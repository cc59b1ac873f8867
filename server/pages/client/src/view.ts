/** A part of the page that is drawn of a query's answer. */
import { type Page, text } from "./page";

export interface View {
  /** Draw what the page's query answers; called again whenever the selection changes, and the signal of the call before is aborted. */
  show(page: Page, signal: AbortSignal): Promise<void>;
}

/** What each module of a view exports: it fills its element and returns the view. */
export type Create = (element: HTMLElement) => View;

/** Return an element with attributes; text only ever as text. */
export function made<Name extends keyof HTMLElementTagNameMap>(
  name: Name, attributes: Readonly<Record<string, string>> = {}, ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

const filling = new WeakMap<HTMLElement, AbortController>();

/**
 * Let an element be filled: it is busy until then, and says why where that fails. What fills it gets a signal that is aborted
 * once the element is filled anew, so that an answer which comes late does not stand over a newer one.
 */
export async function filled(element: HTMLElement, page: Page, fill: (signal: AbortSignal) => Promise<void>): Promise<void> {
  filling.get(element)?.abort();
  const controller = new AbortController();
  filling.set(element, controller);
  const { signal } = controller;
  element.setAttribute("aria-busy", "true");
  element.querySelector(":scope > .view-problem")?.remove();
  try {
    await fill(signal);
    if (!signal.aborted) element.dataset["state"] = "ready";
  } catch (error) {
    if (signal.aborted) return;
    element.dataset["state"] = "failed";
    const reason = error instanceof Error ? error.message : String(error);
    element.append(made("p", { class: "view-problem", role: "alert" }, `${text(page, "client.failed")} ${reason}`));
  } finally {
    if (!signal.aborted) element.removeAttribute("aria-busy");
  }
}

/** Whether the reader has asked for little motion. */
export function calm(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
