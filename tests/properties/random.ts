/** A stream of random numbers that a seed repeats. */

/** Random choices. */
export interface Random {
  /** A whole number from 0 up to, without, `below`. */
  readonly below: (below: number) => number;
  readonly chance: (probability: number) => boolean;
  /** One of them; undefined of none. */
  readonly pick: <T>(list: readonly T[]) => T | undefined;
  /** One of some that are there. */
  readonly one: <T>(...list: readonly [T, ...T[]]) => T;
}

/** Random choices from a seed (a linear congruential generator's high bits, mixed). */
export function randomFrom(seed: number): Random {
  let state = BigInt(seed) * 2862933555777941757n + 3037000493n;
  const next = (): number => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number(state >> 33n) / 2 ** 31;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    chance: (probability) => next() < probability,
    pick: (list) => list[below(list.length)],
    one: (...list) => list[below(list.length)] ?? list[0],
  };
}
