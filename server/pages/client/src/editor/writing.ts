/** The field in which a query is written: colours, completion, marks at the line of an error. */
import Yasqe from "@zazuko/yasqe";
import { made } from "../view";
import { completed } from "./completion";
import type { Vocabulary } from "./vocabulary";

/** What is used of the editor, which is a CodeMirror 5. */
interface Field {
  getValue(): string;
  setValue(text: string): void;
  getCursor(): Place;
  setCursor(place: Place): void;
  getLine(line: number): string;
  getInputField(): HTMLElement;
  lineCount(): number;
  addLineClass(line: number, where: string, name: string): void;
  removeLineClass(line: number, where: string, name: string): void;
  replaceRange(text: string, from: Place, to: Place): void;
  showHint(options: object): void;
  getTokenAt(place: Place, precise: boolean): { state: { OK?: boolean; errorMsg?: string; possibleCurrent?: string[] } };
  clearGutter(gutter: string): void;
  setGutterMarker(line: number, gutter: string, marker: HTMLElement): void;
  on(event: string, handler: (field: unknown, change: { text?: string[]; origin?: string }) => void): void;
  focus(): void;
  state: { completionActive?: unknown };
}

/** Yasqe copies the methods of its CodeMirror, some of which then fail: the CodeMirror itself is used. */
interface Made {
  getPrefixesFromQuery(): Readonly<Record<string, string>>;
  getWrapperElement(): HTMLElement & { readonly CodeMirror: Field };
}

interface Place {
  readonly line: number;
  readonly ch: number;
}

interface Hint {
  readonly text: string;
  readonly displayText: string;
  readonly hint: () => void;
}

interface Hints {
  readonly list: readonly Hint[];
  readonly from: Place;
  readonly to: Place;
}

const FAULTY = "faulty";
const GUTTER = "gutterErrorBar";
const PAUSE = 300; // milliseconds of rest before what is written is checked
const MOST_EXPECTED = 12;
/** Nothing of what Yasqe looks up elsewhere, keeps or draws by itself. */
const OWN = {
  autocompleters: [], prefixCcApi: null, persistenceId: null, createShareableLink: null, consumeShareLink: null, showQueryButton: false,
  syntaxErrorCheck: false, resizeable: false, collapsePrefixesOnLoad: false, editorHeight: "auto", viewportMargin: Infinity, lineWrapping: true,
};

export class Writing {
  private readonly field: Field;
  private readonly prefixes: () => Readonly<Record<string, string>>;
  private waiting = 0;
  private vocabulary: Vocabulary = { prefixes: new Map(), names: [], graphs: [] };

  /** Put the field into an element; `run` is called for Ctrl-Enter. */
  constructor(parent: HTMLElement, query: string, label: string, run: () => void) {
    const keys = { "Ctrl-Enter": run, "Cmd-Enter": run, "Ctrl-Space": () => this.complete(), Tab: false, "Shift-Tab": false };
    const yasqe = new Yasqe(parent, { ...OWN, extraKeys: keys, screenReaderLabel: label } as never) as unknown as Made;
    this.prefixes = () => yasqe.getPrefixesFromQuery();
    this.field = yasqe.getWrapperElement().CodeMirror;
    this.field.setValue(query);
    this.field.getInputField().setAttribute("aria-label", label);
    this.field.on("change", () => this.changed());
    this.check();
    this.field.on("inputRead", (_, change) => this.typed(change.text?.join("") ?? ""));
  }

  know(vocabulary: Vocabulary): void {
    this.vocabulary = vocabulary;
  }

  get query(): string {
    return this.field.getValue();
  }

  set query(query: string) {
    this.field.setValue(query);
  }

  /** Mark the line of an error, counted from 1, and go there. */
  accuse(line: number, column: number): void {
    const at = Math.min(line, this.field.lineCount()) - 1;
    this.field.addLineClass(at, "wrap", FAULTY);
    this.field.setCursor({ line: at, ch: column - 1 });
    this.field.focus();
  }

  private changed(): void {
    this.forgive();
    clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => this.check(), PAUSE);
  }

  /** Put a sign beside the first line that can't be SPARQL, which says what could stand there. */
  private check(): void {
    this.field.clearGutter(GUTTER);
    for (let line = 0; line < this.field.lineCount(); line += 1) {
      const { state } = this.field.getTokenAt({ line, ch: this.field.getLine(line).length }, true);
      if (state.OK !== false) continue;
      const words = state.errorMsg ?? (state.possibleCurrent ?? []).slice(0, MOST_EXPECTED).join(" ");
      this.field.setGutterMarker(line, GUTTER, made("span", { class: "editor-doubt", title: words, role: "img", "aria-label": words }, "⚠"));
      return;
    }
  }

  private forgive(): void {
    for (let line = 0; line < this.field.lineCount(); line += 1) this.field.removeLineClass(line, "wrap", FAULTY);
  }

  private typed(text: string): void {
    if (/^[\w:?]$/.test(text) && !this.field.state.completionActive) this.complete();
  }

  private complete(): void {
    this.field.showHint({ completeSingle: false, hint: () => this.hints(), closeCharacters: /[\s()[\]{};>,]/ });
  }

  /** Return what fits where the cursor stands now; asked again with each letter. */
  private hints(): Hints {
    const to = this.field.getCursor();
    const before = this.field.getLine(to.line).slice(0, to.ch);
    const { back, suggestions } = completed(before, this.query, this.vocabulary);
    const from = { line: to.line, ch: to.ch - back };
    return { from, to, list: suggestions.map(({ text, displayText, prefix }) => ({ text, displayText, hint: () => this.take(text, prefix, from) })) };
  }

  /** Write what was chosen, and declare its prefix where it isn't. */
  private take(text: string, prefix: string, from: Place): void {
    this.field.replaceRange(text, from, this.field.getCursor());
    const namespace = this.vocabulary.prefixes.get(prefix);
    const start = { line: 0, ch: 0 };
    if (namespace && !(prefix in this.prefixes())) this.field.replaceRange(`PREFIX ${prefix}: <${namespace}>\n`, start, start);
  }
}
