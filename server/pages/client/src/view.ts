/** A part of the page that is drawn of a query's answer. */
import type { Page } from "./page";

export interface View {
  /** Draw what the page's query answers; called again whenever the selection changes. */
  show(page: Page): Promise<void>;
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

/** Whether the reader has asked for little motion. */
export function calm(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
