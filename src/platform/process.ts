/**
 * The process that limbeck runs in.
 *
 * @module
 */
import process from "node:process";

/** The environment's variables, live: what is assigned is set. */
export function environment(): Record<string, string | undefined> {
  return process.env;
}

/** The directory that the process was started in. */
export function currentDirectory(): string {
  return process.cwd();
}

/** Where limbeck runs: `binary` is what `deno compile` made. */
export type Runtime = "deno" | "node" | "binary";

/** The runtime of this process. */
export function runtime(): Runtime {
  const deno = (globalThis as { readonly Deno?: { readonly build?: { readonly standalone?: boolean } } }).Deno;
  if (deno === undefined) return "node";
  return deno.build?.standalone === true ? "binary" : "deno";
}
