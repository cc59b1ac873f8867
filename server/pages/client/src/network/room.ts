/** Moves boxes apart until none covers another, each as little as it can. */

export interface Box {
  readonly key: string;
  /** The middle. */
  x: number;
  y: number;
  readonly width: number;
  readonly height: number;
}

const ROUNDS = 300;
const PATIENCE = 60; // rounds after which a crowd also goes the longer way

/** Return boxes inside a frame that don't overlap, as far as there is room. */
export function apart(boxes: readonly Box[], frame: { readonly width: number; readonly height: number }): Box[] {
  const moved = boxes.map((box) => ({ ...box }));
  for (let round = 0; round < ROUNDS; round += 1) {
    let still = true;
    moved.forEach((one, at) => {
      for (const other of moved.slice(at + 1)) still = !pushed(one, other, round) && still;
    });
    for (const box of moved) {
      box.x = Math.min(Math.max(box.x, box.width / 2), frame.width - box.width / 2);
      box.y = Math.min(Math.max(box.y, box.height / 2), frame.height - box.height / 2);
    }
    if (still) break;
  }
  return moved;
}

/** Move two boxes that overlap, at first along the shorter way; tell whether they did. */
function pushed(one: Box, other: Box, round: number): boolean {
  const across = (one.width + other.width) / 2 - Math.abs(one.x - other.x);
  const down = (one.height + other.height) / 2 - Math.abs(one.y - other.y);
  if (across <= 0 || down <= 0) return false;
  const axis = (round < PATIENCE ? across < down : round % 4 < 2) ? "x" : "y";
  const by = ((axis === "x" ? across : down) / 2 + 0.5) * (one[axis] < other[axis] || (one[axis] === other[axis] && one.key < other.key) ? -1 : 1);
  one[axis] += by;
  other[axis] -= by;
  return true;
}
