/**
 * What a run knows about the database before it sends a statement: an operation on what is not there, or that makes what
 * is there already, is refused before the first statement of its revision.
 *
 * The database is read once, and the operations are folded over what was found; raw SQL may have changed anything, so it
 * is read again behind it. Where the model may be wrong (a name that another schema has, an extension's own table) the
 * database has the last word: the statement is sent.
 *
 * @module
 */
import { isLimbeckError, LimbeckError } from "../errors.ts";
import { applyOperation, flatten, type Operation, OPERATIONS } from "../operations/registry.ts";
import { displayName } from "../schema/edit.ts";
import type { Schema } from "../schema/model.ts";

/** What a run foresees. */
export interface Foresight {
  /** A revision begins, or begins once more. */
  begin(): void;
  /**
   * Throws `OPERATION_INVALID` for an operation that is sure to fail after those before it.
   *
   * @returns whether the next one can be checked, before this one is run
   */
  check(operation: Operation): Promise<boolean>;
  /** Something was done that is no operation. */
  forget(): void;
  /** The revision has ended well. */
  settle(): void;
}

/** Whether raw SQL leaves the tables as they are. */
export function leavesTables(sql: string): boolean {
  const text = sql.replace(/^(?:\s|--[^\n]*\n|\/\*[^]*?\*\/)+/, "");
  return /^(?:select|insert|replace|update|delete|values|show|explain)\b/i.test(text) &&
    !/\binto\s+(?:temp|table|\w+\s+from)\b/i.test(text);
}

/** The types that an operation names in a word. */
function typesOf(operation: Operation): readonly string[] {
  if (operation.kind === "createTable") return operation.table.columns.map(({ type }) => type);
  if (operation.kind === "addColumn") return [operation.column.type];
  return operation.kind === "alterColumn" && operation.changes.type !== undefined ? [operation.changes.type] : [];
}

/** A type that is a name, perhaps with a size and brackets: another one may be more than a name. */
const NAMED_TYPE = /^[a-z_]\w*(?:\(\d+(?:, ?\d+)?\))?(?:\[\])*$/i;

/** `serial` and its like are no types, but words of CREATE TABLE. */
const SERIAL = /^(?:small|big)?serial\d?$/i;

const has = (text: string, name: string): boolean => text.toLowerCase().includes(name.toLowerCase());

/** Whether the model knows enough to say that the database will refuse this. */
function isCertain(message: string, schema: Schema): boolean {
  if (/\balready$/.test(message)) return true;
  const [, owner, missing] = /"([^"]+)" has no [a-z ]+ "([^"]+)"$/.exec(message) ?? [];
  const table = schema.tables.find((each) => displayName(each) === owner);
  if (table !== undefined && missing !== undefined) {
    const { columns, definition: _, ...rest } = table;
    return !has(JSON.stringify([columns.map(({ name }) => name), rest]), missing);
  }
  const [, name] = /there is no [a-z ]+ "(?:[^"]*\.)?([^".]+)"$/.exec(message) ?? [];
  // An extension's own tables and types are not in the model.
  return name !== undefined && schema.extensions.every((each) => each.name === "plpgsql") &&
    !has(JSON.stringify(schema), name);
}

/**
 * Makes the foresight of a run.
 *
 * @param inspect reads the database
 * @param missingTypes which of some types the database does not know; left out where any word is a type
 */
export function createForesight(
  inspect: () => Promise<Schema>,
  missingTypes?: (types: readonly string[]) => Promise<readonly string[]>,
): Foresight {
  // Undefined is unknown: it is read when it is needed.
  let settled: Schema | undefined;
  let current: Schema | undefined;
  const known = new Set<string>();
  const checkTypes = async (
    operation: Operation,
    { enums, domains, compositeTypes, tables }: Schema,
  ): Promise<void> => {
    if (missingTypes === undefined) return;
    const own = new Set([...enums, ...domains, ...compositeTypes, ...tables].map(({ name }) => name));
    const asked = typesOf(operation).filter((type) => {
      const name = type.replace(/[([].*$/, "");
      return NAMED_TYPE.test(type) && !SERIAL.test(name) && !own.has(name) && !known.has(type);
    });
    const [missing] = asked.length === 0 ? [] : await missingTypes(asked);
    for (const type of asked) known.add(type);
    if (missing === undefined) return;
    known.delete(missing);
    throw new LimbeckError("OPERATION_INVALID", `Cannot run op.${operation.kind}: there is no type "${missing}"`, {
      hint: "Correct its name, or make it before",
      facts: { operation: operation.kind },
    });
  };
  return {
    begin: () => {
      current = settled;
    },
    async check(operation) {
      const unknown = (): boolean => {
        current = undefined;
        return false;
      };
      if (!Object.hasOwn(OPERATIONS, operation.kind)) return unknown();
      for (const each of flatten([operation])) {
        if (each.kind === "execute") {
          if (!leavesTables(each.sql)) return unknown();
          continue;
        }
        const before = current ??= await inspect();
        await checkTypes(each, before);
        try {
          current = applyOperation(before, each);
        } catch (error) {
          if (isLimbeckError(error) && isCertain(error.message, before)) throw error;
          return unknown();
        }
      }
      return true;
    },
    forget: () => {
      current = undefined;
      settled = undefined;
    },
    settle: () => {
      settled = current;
    },
  };
}
