/**
 * The operations that a project has added.
 *
 * @module
 */
import type { OperationType } from "./operation.ts";

/**
 * The operations that a project adds, for the types of `op`: a module of the project declares them.
 *
 * ```ts ignore
 * declare module "limbeck" {
 *   interface CustomOperations {
 *     createRole: typeof createRole;
 *   }
 * }
 * ```
 */
// deno-lint-ignore no-empty-interface
export interface CustomOperations {}

/** The data of the operations that a project adds. */
export type CustomOperation = {
  readonly [K in keyof CustomOperations]: CustomOperations[K] extends OperationType<infer O, infer _> ? O : never;
}[keyof CustomOperations];

// deno-lint-ignore no-explicit-any
type AnyType = OperationType<any, any>;

const registered = new Map<string, AnyType>();

/** Keeps a kind. */
export function keepType(type: AnyType): void {
  registered.set(type.kind, type);
}

/** The registered kind of that name; undefined where there is none. */
export function customType(kind: string): AnyType | undefined {
  return registered.get(kind);
}

/** Every registered kind. */
export function customTypes(): readonly AnyType[] {
  return [...registered.values()];
}
