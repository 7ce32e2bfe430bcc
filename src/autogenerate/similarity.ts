/**
 * How alike two names are.
 *
 * @module
 */

/** The pieces of a name: `firstName` and `first_name` have the same. */
const wordsOf = (name: string): readonly string[] =>
  name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase().split(/[^a-z0-9]+/).filter((word) => word !== "");

/** Levenshtein's distance: how many characters have to be put in, taken out or replaced. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, place) => place);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}

/**
 * How alike two names are: by their letters, or by the words that they share.
 *
 * @returns from 0 (nothing in common) to 1 (the same but for case and separators)
 * @example
 * ```ts
 * import { similarity } from "./similarity.ts";
 *
 * console.assert(similarity("firstName", "first_name") === 1);
 * console.assert(similarity("name", "full_name") >= 0.5);
 * console.assert(similarity("bio", "created_at") < 0.3);
 * ```
 */
export function similarity(a: string, b: string): number {
  const [left, right] = [wordsOf(a), wordsOf(b)];
  const [short, long] = [left.join("_"), right.join("_")];
  if (short === long) return 1;
  const letters = 1 - distance(short, long) / Math.max(short.length, long.length, 1);
  const shared = left.filter((word) => right.includes(word)).length;
  return Math.max(letters, shared / Math.max(left.length, right.length, 1));
}
