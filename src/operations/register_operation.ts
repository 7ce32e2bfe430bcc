/**
 * How a project adds operations of its own.
 *
 * @module
 */
import { invalid } from "./arguments.ts";
import { keepType } from "./custom.ts";
import type { AnyOperation, OperationType } from "./operation.ts";
import { OPERATIONS } from "./registry.ts";

/** What `op` has beside the operations. */
const TAKEN: ReadonlySet<string> = new Set(["database", "dialect", "invoke", "query", "sql"]);

const PARTS = ["create", "args", "reverse", "apply", "compile"] as const;

/**
 * Adds a kind of operation: `op` has a method of its name then, and it is recorded, rendered, taken back, applied and
 * written as limbeck's own. A kind that is registered again takes the place of the one before.
 *
 * Call it in a module that the revisions which use it import, or in env.ts.
 *
 * @param type the five parts of the operation; `create` makes its data of what `op.<kind>(…)` is given
 * @throws `OPERATION_INVALID` for a name that is no name of a method, or is one of `op`'s own
 * @example
 * ```ts
 * import { type OperationType, registerOperation } from "limbeck";
 *
 * interface CreateRole {
 *   readonly kind: "createRole";
 *   readonly name: string;
 * }
 *
 * export const createRole: OperationType<CreateRole, [name: string]> = {
 *   kind: "createRole",
 *   create: (name) => ({ kind: "createRole", name }),
 *   args: ({ name }) => [name],
 *   reverse: () => null,
 *   apply: (schema) => schema,
 *   compile: ({ name }, { writer }) => [{ sql: `CREATE ROLE ${writer.identifier(name)}` }],
 * };
 *
 * registerOperation(createRole);
 * ```
 */
export function registerOperation<O extends AnyOperation, A extends readonly unknown[]>(
  type: OperationType<O, A>,
): void {
  const { kind } = type;
  if (typeof kind !== "string" || !/^[a-z]\w*$/i.test(kind)) throw invalid(String(kind), "its kind is no name");
  if (TAKEN.has(kind) || Object.hasOwn(OPERATIONS, kind)) throw invalid(kind, "limbeck has an operation of that name");
  const missing = PARTS.find((part) => typeof type[part] !== "function");
  if (missing !== undefined) throw invalid(kind, `its type has no function "${missing}"`);
  keepType(type);
}
