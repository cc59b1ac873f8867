/** Where names stand on the map: the weightiest first, none over another. */

export interface Wish {
  readonly key: string;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** Pixels that the name keeps away from its spot; 0 sets it in the middle. */
  readonly away: number;
  readonly kind: "place" | "area" | "river" | "country";
  /** Degrees. */
  readonly turn?: number;
}

export interface Label extends Wish {
  readonly anchor: "start" | "middle" | "end";
  readonly left: number;
  readonly top: number;
}

/** Pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const HEIGHT = 15;
const GAP = 3;

/** Return the wishes that find room beside what is `taken`, each where it stands; `width` measures a wish in pixels. */
export function placed(
  wishes: readonly Wish[], taken: readonly Box[], size: { width: number; height: number },
  width: (wish: Wish) => number,
): Label[] {
  const boxes = [...taken];
  const labels: Label[] = [];
  const named = new Set<string>();
  for (const wish of wishes) {
    if (wish.kind === "river" && named.has(wish.text)) continue;
    const found = positions(wish, width(wish)).find(({ box }) => inside(box, size) && !boxes.some((other) => overlap(box, other)));
    if (!found) continue;
    boxes.push(found.box);
    named.add(wish.text);
    labels.push({ ...wish, ...found });
  }
  return labels;
}

type Position = Pick<Label, "anchor" | "left" | "top"> & { readonly box: Box };

function positions(wish: Wish, width: number): Position[] {
  const { x, y, away } = wish;
  if (wish.kind === "area") return [turned(wish, width), at("start", x, y, width, x), at("end", x, y, width, x - width)];
  if (away === 0) return [turned(wish, width)];
  const right = x + away + GAP;
  const left = x - away - GAP;
  return [
    at("start", right, y, width, right),
    at("end", left, y, width, left - width),
    at("middle", x, y - away - HEIGHT / 2 - 1, width, x - width / 2),
    at("middle", x, y + away + HEIGHT / 2 + 1, width, x - width / 2),
  ];
}

/** Return the middle of the spot, in the box that a turned name needs. */
function turned({ x, y, turn = 0 }: Wish, width: number): Position {
  const [sine, cosine] = [Math.abs(Math.sin((turn * Math.PI) / 180)), Math.abs(Math.cos((turn * Math.PI) / 180))];
  const across = (width * cosine + HEIGHT * sine) / 2;
  const down = (width * sine + HEIGHT * cosine) / 2;
  return { anchor: "middle", left: x, top: y, box: { left: x - across, right: x + across, top: y - down, bottom: y + down } };
}

function at(anchor: Label["anchor"], left: number, top: number, width: number, from: number): Position {
  return { anchor, left, top, box: { left: from, right: from + width, top: top - HEIGHT / 2, bottom: top + HEIGHT / 2 } };
}

function inside(box: Box, { width, height }: { width: number; height: number }): boolean {
  return box.left >= 2 && box.right <= width - 2 && box.top >= 2 && box.bottom <= height - 2;
}

function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
