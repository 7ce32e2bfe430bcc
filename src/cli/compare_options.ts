/**
 * What the command line says of a comparison, and the question about a rename, in a terminal.
 *
 * @module
 */
import process from "node:process";
import { LimbeckError } from "../errors.ts";
import type { CompareOptions } from "../commands/compare.ts";
import type { Output } from "./output.ts";
import { givenList, type Options } from "./terminal.ts";

/** What the commands that compare are told about renames; without a terminal nothing is asked. */
export function compareOptions(options: Options): CompareOptions {
  const told = {
    ...givenList(options, "rename", "renames"),
    noRenames: options["renames"] === false,
    strict: options["strict"] === true,
    ...(typeof options["verify"] === "boolean" ? { verify: options["verify"] } : {}),
  };
  const asks = process.stdin.isTTY === true && process.stderr.isTTY === true && !options.json && !options.quiet;
  return asks ? { ...told, decideRename: askRename } : told;
}

/** The options of the command line that {@linkcode compareOptions} reads. */
export const COMPARE_OPTIONS = [
  [
    "--rename <old=new>",
    "users.name=users.full_name, or people=users: it has only another name; repeatable",
    "repeatable",
  ],
  ["--no-renames", "take nothing for a rename that is not named: drop and add"],
  ["--strict", "make it an error where something cannot be compared"],
] as const;

/** And those of the commands that write a plan. */
export const VERIFY_OPTIONS = [
  ["--verify", "try the plan on a copy of the schema (default: where a scratch database can be had)"],
  ["--no-verify", "do not try it"],
] as const;

/** Says that a plan was tried, where that was asked for. What is wrong with it is a warning. */
export function sayVerified(verified: boolean | null, { verify }: Options, output: Output): void {
  if (verify === true && verified === true) output.message("Tried on a copy of the schema: nothing is left over");
}

/** What it is, in words. */
const WORDS = {
  table: "table",
  column: "column",
  enum: "enum",
  enumValue: "value",
  domain: "domain",
  compositeType: "type",
  sequence: "sequence",
  function: "function",
  procedure: "procedure",
  aggregate: "aggregate",
  view: "view",
  materializedView: "materialized view",
} as const;

/** What becomes of what is in it, where anything is. */
function outcomes(type: keyof typeof WORDS): readonly [kept?: string, lost?: string] {
  if (type === "table" || type === "column") return ["keeps what is in it", "loses what is in it"];
  if (type === "enumValue") return ["rows that hold it stay", "fails where a row holds it"];
  return type === "sequence" ? ["keeps its number", "begins anew"] : [];
}

async function askRename(rename: Parameters<NonNullable<CompareOptions["decideRename"]>>[0]): Promise<boolean> {
  const { isCancel, select } = await import("@clack/prompts");
  const { from, to } = rename;
  const owner = "enum" in rename ? rename.enum : "table" in rename ? rename.table : undefined;
  const of = owner === undefined ? "" : ` of "${owner.name}"`;
  const [kept, lost] = outcomes(rename.type);
  const hint = (text: string | undefined) => text === undefined ? {} : { hint: text };
  const answer = await select({
    message: `Has the ${WORDS[rename.type]} "${from.name}"${of} become "${to.name}"?`,
    options: [
      { value: true, label: "Yes, rename it", ...hint(kept) },
      { value: false, label: `No, drop "${from.name}" and add "${to.name}"`, ...hint(lost) },
    ],
    output: process.stderr,
  });
  if (isCancel(answer)) throw new LimbeckError("INTERRUPTED", "Interrupted");
  return answer;
}
