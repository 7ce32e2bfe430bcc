/** How the corpus is written: pairs of schemas, each with what is to be known of it. */
import type { LawCase } from "../commands/diff_law.ts";

/** What a pair has beside its schemas. */
export type More = Omit<LawCase, "name" | "from" | "to">;

/** Two schemas. */
export const pair = (name: string, from: string, to: string, more: More = {}): LawCase => ({ name, from, to, ...more });

/** The table `t` with other columns or constraints; the rows are the values that `INSERT INTO t VALUES` takes. */
export const table = (name: string, from: string, to: string, rows?: string, more: More = {}): LawCase =>
  pair(name, `CREATE TABLE t (${from})`, `CREATE TABLE t (${to})`, {
    ...(rows === undefined ? {} : { rows: `INSERT INTO t VALUES ${rows}` }),
    ...more,
  });

/** What is there beside the same tables. */
export const beside = (base: string, rows?: string) => (name: string, from: string, to: string, more: More = {}) =>
  pair(name, `${base}; ${from}`, `${base}; ${to}`, { ...(rows === undefined ? {} : { rows }), ...more });
