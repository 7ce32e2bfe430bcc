/**
 * The questions to PostgreSQL's catalog: all of them go to the server in one round trip.
 *
 * @module
 */
import { CODE_QUESTIONS, type CodeRows } from "./catalog_code.ts";
import { FACT_QUESTIONS, type FactRows } from "./catalog_facts.ts";
import { OBJECT_QUESTIONS, type ObjectRows } from "./catalog_objects.ts";
import type { Questions, Scope } from "./catalog_scope.ts";
import { TABLE_QUESTIONS, type TableRows } from "./catalog_tables.ts";
import { TYPE_QUESTIONS, type TypeRows } from "./catalog_types.ts";

import { UNMODELLED_QUESTIONS, type UnmodelledRows } from "./catalog_unmodelled.ts";

/** What each question gives. */
export interface CatalogRows extends TypeRows, TableRows, CodeRows, ObjectRows, FactRows, UnmodelledRows {}

const QUESTIONS: Questions<CatalogRows> = {
  ...TYPE_QUESTIONS,
  ...TABLE_QUESTIONS,
  ...CODE_QUESTIONS,
  ...OBJECT_QUESTIONS,
  ...FACT_QUESTIONS,
  ...UNMODELLED_QUESTIONS,
};

/** A kind of rows. */
export type RowKind = keyof CatalogRows;

const KINDS = Object.keys(QUESTIONS) as readonly RowKind[];

/** The kinds of rows that tell what a table is. */
export const KINDS_OF_TABLES: readonly RowKind[] = [
  "origin",
  "schemas",
  "enums",
  "sequences",
  "tables",
  "columns",
  "constraints",
  "indexes",
  "comments",
];

/**
 * The settings under which the server prints: names in the default schema bare and all others qualified, times in UTC.
 * With many tables the questions look dear to the planner, and compiling one takes longer than answering it. They hold until the end of the transaction, or of the batch where there is none.
 */
const SETTINGS: { readonly [name: string]: string } = {
  search_path: "quote_ident(coalesce(current_schema(), 'public'))",
  timezone: "'UTC'",
  datestyle: "'ISO'",
  intervalstyle: "'postgres'",
  jit: "'off'",
};

const saved = (name: string): string => `limbeck.${name}`;

/** Keeps what the session has set, and sets what makes the server print the same for everybody. */
const ENTER = Object.keys(SETTINGS).map((name) => `set_config('${saved(name)}', current_setting('${name}'), true)`)
  .join(", ");

const SET = Object.entries(SETTINGS).map(([name, value]) => `set_config('${name}', ${value}, true)`).join(", ");

const LEAVE = Object.keys(SETTINGS).map((name) => `set_config('${name}', current_setting('${saved(name)}'), true)`)
  .join(", ");

/** The questions as one batch of statements. */
export function catalogBatch(scope: Scope, kinds: readonly RowKind[] = KINDS): string {
  const queries = kinds.map((kind) => QUESTIONS[kind](scope));
  return [`SELECT ${ENTER}`, `SELECT ${SET}`, ...queries, `SELECT ${LEAVE}`].join(";\n");
}

/** The rows of {@linkcode catalogBatch}, by question; none of a kind that was not asked for. */
export function catalogRows(
  results: readonly (readonly unknown[])[],
  kinds: readonly RowKind[] = KINDS,
): CatalogRows {
  const rows = KINDS.map((kind) => [kind, kinds.includes(kind) ? results[2 + kinds.indexOf(kind)] ?? [] : []]);
  return Object.fromEntries(rows) as unknown as CatalogRows;
}
