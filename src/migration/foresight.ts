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
import { compact, displayName, findNamed, findTable } from "../schema/edit.ts";
import { EMPTY_SCHEMA, type ObjectName, type Schema } from "../schema/model.ts";

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

/** Functions that make no table and no column, which a SELECT may call. Others may: `AddGeometryColumn(…)`. */
const HARMLESS =
  /^(?:all|and|any|array|as|avg|by|cast|coalesce|count|date|exists|extract|filter|from|in|like|length|lower|max|min|not|now|nullif|on|or|over|round|select|setval|nextval|sum|to_regclass|trim|upper|using|values|when|where)$/i;

/** Whether raw SQL leaves the tables as they are. */
export function leavesTables(sql: string): boolean {
  const text = sql.replace(/^(?:\s|--[^\n]*\n|\/\*[^]*?\*\/)+/, "");
  if (!/^select\b/i.test(text)) return /^(?:insert|replace|update|delete|values|show)\b/i.test(text);
  const calls = [...text.matchAll(/([\w"]+)\s*\(/g)];
  return !/\binto\b/i.test(text) && calls.every(([, name = ""]) => HARMLESS.test(name));
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

/** The table or the like of which an error says that it is not there. */
function missingName(message: string): ObjectName | undefined {
  const [, schema, name] = /there is no [a-z ]+ "(?:([^"]*)\.)?([^".]+)"$/.exec(message) ?? [];
  return name === undefined ? undefined : compact<ObjectName>({ schema, name });
}

/** SQLite's names for a row's number, which no list of columns has. */
const ROWID = /^(?:rowid|_rowid_|oid)$/i;

/** Whether the model knows enough to say that the database will refuse this. */
function isCertain(message: string, schema: Schema): boolean {
  if (/\balready$/.test(message)) return true;
  const [, owner, missing] = /"([^"]+)" has no [a-z ]+ "([^"]+)"$/.exec(message) ?? [];
  const table = schema.tables.find((each) => displayName(each) === owner);
  if (table !== undefined && missing !== undefined) {
    const { columns, definition: _, ...rest } = table;
    return !ROWID.test(missing) && !has(JSON.stringify([columns.map(({ name }) => name), rest]), missing);
  }
  const name = missingName(message)?.name;
  // An extension's own tables and types are not in the model.
  return name !== undefined && schema.extensions.every((each) => each.name === "plpgsql") &&
    !has(JSON.stringify(schema), name);
}

/** The database that a run is about to change. */
export interface Foreseen {
  inspect(): Promise<Schema>;
  /** Whether there is a table of that name, also one that `inspect` leaves out: a temporary one, the system's own. */
  hasTable(name: ObjectName): Promise<boolean>;
  /** Which of some types the database does not know; left out where any word is a type. */
  missingTypes?: ((types: readonly string[]) => Promise<readonly string[]>) | undefined;
}

/** Whether the operations make a type that is neither in the database nor listed: what an extension brings. */
const mayBringTypes = ({ extensions, objects }: Schema, read: Schema): boolean =>
  extensions.some((each) => findNamed(read.extensions, each) === undefined) ||
  objects.some((each) => findNamed(read.objects, each) === undefined);

/** Makes the foresight of a run. */
export function createForesight({ inspect, hasTable, missingTypes }: Foreseen): Foresight {
  // Undefined is unknown: it is read when it is needed.
  let settled: Schema | undefined;
  let current: Schema | undefined;
  // What was read last, before the operations that are folded over it.
  let read = EMPTY_SCHEMA;
  const known = new Set<string>();
  const checkTypes = async (operation: Operation, schema: Schema): Promise<void> => {
    if (missingTypes === undefined || mayBringTypes(schema, read)) return;
    const { enums, domains, compositeTypes, tables, views } = schema;
    const own = new Set([enums, domains, compositeTypes, tables, views].flat().map(({ name }) => name));
    const asked = typesOf(operation).filter((type) => {
      const name = type.replace(/[([].*$/, "").toLowerCase();
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
        const before = current ??= read = await inspect();
        await checkTypes(each, before);
        try {
          current = applyOperation(before, each);
        } catch (error) {
          if (!isLimbeckError(error) || !isCertain(error.message, before)) return unknown();
          const missing = missingName(error.message);
          // What an operation of this run has dropped is still in the database.
          const dropped = missing !== undefined && findTable(read, missing) !== undefined;
          if (missing === undefined || dropped || !await hasTable(missing)) throw error;
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
