/** Brings a page to life: each element with data-view is handed to the module of that view. */

for (const element of document.querySelectorAll<HTMLElement>("[data-view]")) {
  element.dataset["ready"] = "false";
}
