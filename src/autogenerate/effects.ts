/**
 * What an operation does to which objects: what the order of changes stands on.
 *
 * @module
 */
import { routineRef } from "../operations/create_function.ts";
import { objectRef } from "../operations/create_object.ts";
import { policyRef } from "../operations/create_policy.ts";
import { triggerRef } from "../operations/create_trigger.ts";
import type { Operation } from "../operations/registry.ts";
import type { ObjectName, Table } from "../schema/model.ts";
import type { ObjectRef, View } from "../schema/objects.ts";
import { refIn, refTo } from "../schema/refs.ts";

/** What happens to objects. */
export interface Effects {
  /** What is there afterwards and was not before. */
  readonly creates: readonly ObjectRef[];
  /** What is gone afterwards. */
  readonly drops: readonly ObjectRef[];
  /** What stays, and is another afterwards. */
  readonly alters: readonly ObjectRef[];
  /** What of it becomes so different that nothing that needs it may be there meanwhile. */
  readonly disturbs: readonly ObjectRef[];
}

const NOTHING: Effects = { creates: [], drops: [], alters: [], disturbs: [] };
const creates = (...refs: readonly ObjectRef[]): Effects => ({ ...NOTHING, creates: refs });
const drops = (...refs: readonly ObjectRef[]): Effects => ({ ...NOTHING, drops: refs });
const alters = (...refs: readonly ObjectRef[]): Effects => ({ ...NOTHING, alters: refs });

const constraint = (table: ObjectName, { name }: { readonly name?: string }): readonly ObjectRef[] =>
  name === undefined ? [] : [refIn("constraint", table, name)];

/** A table and what is made, and goes, with it. */
export function partsOfTable(table: Table): readonly ObjectRef[] {
  const { columns, primaryKey, uniques, foreignKeys, checks, indexes, exclusions = [] } = table;
  const constraints = [
    ...(primaryKey === undefined ? [] : [primaryKey]),
    ...uniques,
    ...exclusions,
    ...foreignKeys,
    ...checks,
  ];
  return [
    refTo("table", table),
    ...columns.map(({ name }) => refIn("column", table, name)),
    ...constraints.flatMap((each) => constraint(table, each)),
    ...indexes.flatMap(({ name }) => name === undefined ? [] : [refIn("index", table, name)]),
  ];
}

/** What an operation does to which objects. */
export function effectsOf(operation: Operation): Effects {
  switch (operation.kind) {
    case "createSchema":
      return creates({ kind: "schema", name: operation.name });
    case "dropSchema":
      return drops({ kind: "schema", name: operation.name });
    case "createTable":
      return creates(...partsOfTable(operation.table));
    case "dropTable":
      return drops(refTo("table", operation.table));
    case "addColumn":
      return creates(refIn("column", operation.table, operation.column.name));
    case "dropColumn":
      return drops(refIn("column", operation.table, operation.column));
    case "alterColumn": {
      const { type, collation, generated } = operation.changes;
      const column = refIn("column", operation.table, operation.column);
      const other = type !== undefined || collation !== undefined || generated;
      return { ...alters(column), disturbs: other ? [column] : [] };
    }
    case "createPrimaryKey":
      return creates(...constraint(operation.table, operation.key));
    case "createUniqueConstraint":
      return creates(...constraint(operation.table, operation.unique));
    case "createForeignKey":
      return creates(...constraint(operation.table, operation.key));
    case "createCheckConstraint":
      return creates(...constraint(operation.table, operation.check));
    case "dropConstraint":
      return operation.name === null ? NOTHING : drops(refIn("constraint", operation.table, operation.name));
    case "createIndex":
      return operation.index.name === undefined
        ? NOTHING
        : creates(refIn("index", operation.table, operation.index.name));
    case "dropIndex":
      return drops(refIn("index", operation.table, operation.name));
    case "createEnum":
      return creates(refTo("type", operation.type));
    case "addEnumValue":
      return alters(refTo("type", operation.type));
    case "alterEnum":
      return { ...alters(refTo("type", operation.type)), disturbs: [refTo("type", operation.type)] };
    case "dropEnum":
    case "dropType":
      return drops(refTo("type", operation.type));
    case "createCompositeType":
      return creates(refTo("type", operation.compositeType));
    case "alterCompositeType":
      return alters(refTo("type", operation.type));
    case "createDomain":
      return creates(refTo("domain", operation.domain));
    case "alterDomain":
      return alters(refTo("domain", operation.domain));
    case "dropDomain":
      return drops(refTo("domain", operation.domain));
    case "createCollation":
      return creates(refTo("collation", operation.collation));
    case "dropCollation":
      return drops(refTo("collation", operation.collation));
    case "createExtension":
      return creates({ kind: "extension", name: operation.extension.name });
    case "dropExtension":
      return drops({ kind: "extension", name: operation.name });
    case "createSequence":
      return creates(refTo("sequence", operation.sequence));
    case "alterSequence":
      return alters(refTo("sequence", operation.sequence));
    case "dropSequence":
      return drops(refTo("sequence", operation.sequence));
    default:
      return ofCode(operation);
  }
}

const viewRef = ({ materialized, ...name }: View): ObjectRef => refTo(materialized ? "materializedView" : "view", name);

/** What an operation on code, or on what a table has beside columns and keys, does. */
function ofCode(operation: Operation): Effects {
  switch (operation.kind) {
    case "createView":
    case "createMaterializedView":
      return creates(viewRef(operation.view));
    case "replaceView":
      return alters(viewRef(operation.view));
    case "dropView":
      return drops(refTo("view", operation.view));
    case "dropMaterializedView":
      return drops(refTo("materializedView", operation.view));
    case "alterMaterializedView":
      return alters(refTo("materializedView", operation.view));
    case "createFunction":
      // Where it is there already it is replaced, and nothing that calls it is in the way.
      return creates(routineRef(operation.routine));
    case "dropFunction":
      return drops(routineRef(operation.routine));
    case "createTrigger":
      return creates(triggerRef(operation.trigger));
    case "dropTrigger":
      return drops(refIn("trigger", operation.table, operation.name));
    case "createPolicy":
      return creates(policyRef(operation.policy));
    case "alterPolicy":
      return alters(refIn("policy", operation.table, operation.name));
    case "dropPolicy":
      return drops(refIn("policy", operation.table, operation.name));
    case "createObject":
      return creates(objectRef(operation.object));
    case "dropObject":
      return drops(objectRef(operation.object));
    default:
      return onTable(operation);
  }
}

function onTable(operation: Operation): Effects {
  switch (operation.kind) {
    case "alterTable":
      return alters(refTo("table", operation.table));
    case "attachPartition":
    case "detachPartition":
      return alters(refTo("table", operation.table), refTo("table", operation.partition));
    case "createExcludeConstraint":
      return creates(...constraint(operation.table, operation.exclusion));
    case "validateConstraint":
      return alters(refIn("constraint", operation.table, operation.name));
    case "renameConstraint":
      return {
        ...drops(refIn("constraint", operation.table, operation.name)),
        creates: [refIn("constraint", operation.table, operation.newName)],
      };
    case "renameIndex":
      return {
        ...drops(refIn("index", operation.table, operation.name)),
        creates: [refIn("index", operation.table, operation.newName)],
      };
    default:
      return NOTHING;
  }
}

const RELATIONS: ReadonlySet<string> = new Set([
  "table",
  "view",
  "materializedView",
  "sequence",
  "index",
  // A table's rows are of a type of its name.
  "type",
  "domain",
  // A key's index has its name.
  "constraint",
]);

/** The names that these objects take among the relations of their schema. */
export function relationNames(refs: readonly ObjectRef[]): readonly string[] {
  return refs.filter(({ kind }) => RELATIONS.has(kind)).map(({ schema, name }) =>
    JSON.stringify([schema ?? null, name])
  );
}
