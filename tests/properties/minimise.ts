/** Takes away what a failure does not need. */

/**
 * The shortest list that still fails that is found by leaving out one element, or half of them, after another.
 *
 * @param list what fails
 * @param fails whether a shorter list fails too; one that makes no sense does not
 */
export async function minimise<T>(
  list: readonly T[],
  fails: (list: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  let shortest = list;
  for (let size = Math.ceil(list.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = shortest.length - size; start >= 0; start -= size) {
      const less = [...shortest.slice(0, start), ...shortest.slice(start + size)];
      if (await fails(less)) shortest = less;
    }
  }
  return shortest;
}
