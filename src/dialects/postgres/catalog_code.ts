/**
 * The questions to the catalog about what runs: views, routines, triggers and policies.
 *
 * @module
 */
import { independentOf, notOfExtension, type ObjectRow, type Questions, type Scope } from "./catalog_scope.ts";

/** A view or materialized view. */
export interface ViewRow extends ObjectRow {
  readonly materialized: boolean;
  readonly rowType: string;
  readonly arrayType: string;
  /** The identifier of its rule in `pg_rewrite`. */
  readonly rule: string | null;
  readonly options: readonly string[] | null;
  readonly query: string;
  readonly columns: readonly { readonly number: number; readonly name: string; readonly type: string }[] | null;
}

/** A function, procedure or aggregate. */
export interface RoutineRow extends ObjectRow {
  readonly kind: "f" | "p" | "a" | "w";
  readonly types: string;
  readonly arguments: string;
  readonly result: string | null;
  /** Null for an aggregate. */
  readonly definition: string | null;
  readonly aggregate: AggregateRow | null;
}

/** What `CREATE AGGREGATE` says, each option as SQL text or null. */
export interface AggregateRow {
  readonly arguments: string;
  readonly options: { readonly [option: string]: string | null };
}

/** A trigger. */
export interface TriggerRow extends ObjectRow {
  readonly table: string;
  readonly definition: string;
  readonly enabled: "O" | "D" | "R" | "A";
}

/** A row-level security policy. */
export interface PolicyRow extends ObjectRow {
  readonly table: string;
  readonly permissive: boolean;
  readonly command: "*" | "r" | "a" | "w" | "d";
  readonly roles: readonly string[];
  readonly using: string | null;
  readonly check: string | null;
}

/** What each question gives. */
export interface CodeRows {
  readonly views: readonly ViewRow[];
  readonly routines: readonly RoutineRow[];
  readonly triggers: readonly TriggerRow[];
  readonly policies: readonly PolicyRow[];
}

const VIEWS = (scope: Scope): string => `
SELECT c.oid::text AS id, n.nspname AS schema, c.relname AS name, c.relkind = 'm' AS materialized,
  c.reltype::text AS "rowType", y.typarray::text AS "arrayType", r.oid::text AS rule,
  to_json(c.reloptions) AS options, rtrim(pg_get_viewdef(c.oid, true), ';') AS query,
  (SELECT json_agg(json_build_object('number', a.attnum, 'name', a.attname,
    'type', format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum)
    FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_type y ON y.oid = c.reltype
LEFT JOIN pg_rewrite r ON r.ev_class = c.oid AND r.rulename = '_RETURN'
WHERE c.relkind IN ('v', 'm') AND ${scope.namespaces} AND ${scope.tables} AND ${notOfExtension("pg_class", "c.oid")}`;

/** A function as an option of an aggregate, null where there is none. */
const routine = (column: string): string => `nullif(g.${column}, 0)::regproc::text`;

/** How a final function may change the state, null where that is the usual way for this kind of aggregate. */
const modify = (column: string): string =>
  `CASE WHEN g.${column} <> CASE WHEN g.aggkind = 'n' THEN 'r' ELSE 'w' END THEN
    CASE g.${column} WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END END`;

const flag = (condition: string): string => `CASE WHEN ${condition} THEN '' END`;

const AGGREGATE = `json_build_object(
    'arguments', coalesce(nullif(pg_get_function_arguments(f.oid), ''), '*'),
    'options', json_build_object(
      'SFUNC', ${routine("aggtransfn")}, 'STYPE', format_type(g.aggtranstype, NULL),
      'SSPACE', nullif(g.aggtransspace, 0)::text,
      'FINALFUNC', ${routine("aggfinalfn")}, 'FINALFUNC_EXTRA', ${flag("g.aggfinalextra")},
      'FINALFUNC_MODIFY', CASE WHEN g.aggfinalfn <> 0 THEN ${modify("aggfinalmodify")} END,
      'COMBINEFUNC', ${routine("aggcombinefn")}, 'SERIALFUNC', ${routine("aggserialfn")},
      'DESERIALFUNC', ${routine("aggdeserialfn")}, 'INITCOND', quote_literal(g.agginitval),
      'MSFUNC', ${routine("aggmtransfn")}, 'MINVFUNC', ${routine("aggminvtransfn")},
      'MSTYPE', CASE WHEN g.aggmtranstype <> 0 THEN format_type(g.aggmtranstype, NULL) END,
      'MSSPACE', nullif(g.aggmtransspace, 0)::text,
      'MFINALFUNC', ${routine("aggmfinalfn")}, 'MFINALFUNC_EXTRA', ${flag("g.aggmfinalextra")},
      'MFINALFUNC_MODIFY', CASE WHEN g.aggmfinalfn <> 0 THEN ${modify("aggmfinalmodify")} END,
      'MINITCOND', quote_literal(g.aggminitval),
      'SORTOP', (SELECT format('OPERATOR(%I.%s)', opn.nspname, op.oprname)
        FROM pg_operator op JOIN pg_namespace opn ON opn.oid = op.oprnamespace WHERE op.oid = g.aggsortop),
      'HYPOTHETICAL', ${flag("g.aggkind = 'h'")},
      'PARALLEL', CASE f.proparallel WHEN 's' THEN 'SAFE' WHEN 'r' THEN 'RESTRICTED' END))`;

/** Functions of a type (the constructors of a range) belong to it. */
const ROUTINES = (scope: Scope): string => `
SELECT f.oid::text AS id, n.nspname AS schema, f.proname AS name, f.prokind AS kind,
  oidvectortypes(f.proargtypes) AS types, pg_get_function_arguments(f.oid) AS arguments,
  pg_get_function_result(f.oid) AS result,
  CASE WHEN f.prokind <> 'a' THEN pg_get_functiondef(f.oid) END AS definition,
  CASE WHEN f.prokind = 'a' THEN ${AGGREGATE} END AS aggregate
FROM pg_proc f JOIN pg_namespace n ON n.oid = f.pronamespace LEFT JOIN pg_aggregate g ON g.aggfnoid = f.oid
WHERE ${scope.namespaces} AND ${independentOf("pg_proc", "f.oid")}`;

const TRIGGERS = (scope: Scope): string => `
SELECT g.oid::text AS id, n.nspname AS schema, g.tgname AS name, c.relname AS table,
  pg_get_triggerdef(g.oid, true) AS definition, g.tgenabled AS enabled
FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE NOT g.tgisinternal AND g.tgparentid = 0 AND ${scope.namespaces} AND ${scope.tables}
  AND ${notOfExtension("pg_trigger", "g.oid")}`;

const POLICIES = (scope: Scope): string => `
SELECT p.oid::text AS id, n.nspname AS schema, p.polname AS name, c.relname AS table,
  p.polpermissive AS permissive, p.polcmd AS command,
  to_json(ARRAY(SELECT r.rolname::text FROM pg_roles r WHERE r.oid = ANY (p.polroles))) AS roles,
  pg_get_expr(p.polqual, p.polrelid, true) AS using, pg_get_expr(p.polwithcheck, p.polrelid, true) AS check
FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE ${scope.namespaces} AND ${scope.tables} AND ${notOfExtension("pg_policy", "p.oid")}`;

/** The questions. */
export const CODE_QUESTIONS: Questions<CodeRows> = {
  views: VIEWS,
  routines: ROUTINES,
  triggers: TRIGGERS,
  policies: POLICIES,
};
