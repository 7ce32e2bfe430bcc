/**
 * The questions to the catalog about what is said of objects: comments, rights, and which needs which.
 *
 * @module
 */
import type { RefKind } from "../../schema/objects.ts";
import { FIRST_NORMAL_ID, type Questions, type Scope, TABLE_IDS } from "./catalog_scope.ts";

/** Where an object is in the catalog. */
export interface Address {
  readonly catalog: string;
  readonly id: string;
  /** The number of a column; 0 for the whole. */
  readonly number: number;
}

/** A comment. */
export interface CommentRow extends Address {
  readonly text: string;
}

/** One object needs another. */
export interface DependencyRow extends Address {
  readonly onCatalog: string;
  readonly onId: string;
  readonly onNumber: number;
  /** The first is dropped with the second. */
  readonly automatic: boolean;
}

/** Rights that a role has and would not have by default, or the other way round. */
export interface GrantRow extends Address {
  readonly column: string | null;
  /** What it is, for a member of an extension: it is not among the objects, yet rights of it are given. */
  readonly member: {
    readonly kind: RefKind;
    readonly schema: string;
    readonly name: string;
    readonly arguments: string | null;
  } | null;
  readonly role: string;
  readonly privileges: readonly string[];
  readonly grantable: boolean;
  readonly revoked: boolean;
}

/** Default privileges, told like {@linkcode GrantRow}. */
export interface DefaultPrivilegeRow {
  readonly for: string;
  readonly schema: string | null;
  readonly objects: string;
  readonly role: string;
  readonly privileges: readonly string[];
  readonly grantable: boolean;
  readonly revoked: boolean;
}

/** What each question gives. */
export interface FactRows {
  readonly comments: readonly CommentRow[];
  readonly dependencies: readonly DependencyRow[];
  readonly grants: readonly GrantRow[];
  readonly defaultPrivileges: readonly DefaultPrivilegeRow[];
}

const HOME = "SELECT n.oid FROM pg_namespace n WHERE n.nspname = current_schema()";

/** Those that nobody has written are left out: of the schema `public`, and what an extension says of itself. */
const COMMENTS = `
SELECT k.relname AS catalog, d.objoid::text AS id, d.objsubid AS number, d.description AS text
FROM pg_description d JOIN pg_class k ON k.oid = d.classoid
LEFT JOIN pg_extension x ON d.classoid = 'pg_extension'::regclass AND x.oid = d.objoid
WHERE (d.objoid >= ${FIRST_NORMAL_ID} OR d.classoid = 'pg_namespace'::regclass AND d.objoid IN (${HOME})
    AND d.description <> 'standard public schema')
  AND (x.oid IS NULL OR NOT EXISTS (SELECT FROM pg_available_extensions() a
    WHERE a.name = x.extname AND a.comment = d.description))`;

/** The identifiers of the tables of the scope, and of what belongs to them. */
const partsOf = (scope: Scope): string =>
  [
    TABLE_IDS(scope),
    ...[
      ["pg_constraint", "conrelid"],
      ["pg_trigger", "tgrelid"],
      ["pg_policy", "polrelid"],
      ["pg_attrdef", "adrelid"],
    ].map(([catalog, table]) => `SELECT oid FROM ${catalog} WHERE ${table} IN (${TABLE_IDS(scope)})`),
    `SELECT indexrelid FROM pg_index WHERE indrelid IN (${TABLE_IDS(scope)})`,
  ].join(" UNION ALL ");

/** That an object lies in its schema is told by its name; that an index is of columns, or a default of one, by itself. */
const DEPENDENCIES = (scope: Scope): string => `
SELECT k.relname AS catalog, d.objid::text AS id, d.objsubid AS number,
  CASE WHEN e.refobjid IS NULL THEN r.relname ELSE 'pg_extension' END AS "onCatalog",
  coalesce(e.refobjid, d.refobjid)::text AS "onId",
  CASE WHEN e.refobjid IS NULL THEN d.refobjsubid ELSE 0 END AS "onNumber", d.deptype = 'a' AS automatic
FROM pg_depend d JOIN pg_class k ON k.oid = d.classid JOIN pg_class r ON r.oid = d.refclassid
LEFT JOIN pg_depend e ON e.classid = d.refclassid AND e.objid = d.refobjid AND e.deptype = 'e'
WHERE d.objid >= ${FIRST_NORMAL_ID} AND d.refobjid >= ${FIRST_NORMAL_ID} AND (
  d.deptype = 'n' AND (d.refclassid <> 'pg_namespace'::regclass OR d.classid = 'pg_extension'::regclass)
  OR d.deptype = 'a' AND (k.relname IN ('pg_statistic_ext', 'pg_publication_rel')
    OR k.relname = 'pg_class' AND r.relname = 'pg_class' AND (d.objsubid > 0 OR d.refobjsubid = 0)))${
  scope.tables === "true" ? "" : ` AND (d.objid IN (${partsOf(scope)}) OR d.refobjid IN (${partsOf(scope)}))`
}`;

/** The objects of a catalog that have rights of their own. */
const holders = (catalog: string, prefix: string, kind: string, condition = `o.oid >= ${FIRST_NORMAL_ID}`): string => `
  SELECT '${catalog}' AS catalog, o.oid, 0 AS number, NULL::name AS "column", ${kind} AS kind,
    o.${prefix}owner AS owner, o.${prefix}acl AS acl
  FROM ${catalog} o WHERE o.${prefix}acl IS NOT NULL AND ${condition}`;

const HOLDERS = [
  holders("pg_class", "rel", "CASE o.relkind WHEN 'S' THEN 's' ELSE 'r' END"),
  `
  SELECT 'pg_class', a.attrelid, a.attnum, a.attname, 'c', o.relowner, a.attacl
  FROM pg_attribute a JOIN pg_class o ON o.oid = a.attrelid
  WHERE a.attacl IS NOT NULL AND NOT a.attisdropped AND o.oid >= ${FIRST_NORMAL_ID}`,
  holders("pg_namespace", "nsp", "'n'", `(o.oid >= ${FIRST_NORMAL_ID} OR o.oid IN (${HOME}))`),
  holders("pg_proc", "pro", "'f'"),
  holders("pg_type", "typ", "'T'"),
  holders("pg_foreign_data_wrapper", "fdw", "'F'"),
  holders("pg_foreign_server", "srv", "'S'"),
].join("\n  UNION ALL");

const ROLE = "CASE WHEN grantee = 0 THEN 'PUBLIC' ELSE pg_get_userbyid(grantee) END AS role";

/** The difference between the rights that are and those that are usual, one row for a role and an option. */
const differences = (holder: string): string => `
given AS (SELECT ${holder}, x.grantee, x.privilege_type AS privilege, bool_or(x.is_grantable) AS grantable
  FROM holders, aclexplode(acl) x GROUP BY ${holder}, x.grantee, x.privilege_type),
usual AS (SELECT ${holder}, x.grantee, x.privilege_type AS privilege, bool_or(x.is_grantable) AS grantable
  FROM holders, aclexplode(base) x GROUP BY ${holder}, x.grantee, x.privilege_type),
differences AS (
  (SELECT *, false AS revoked FROM given EXCEPT SELECT *, false FROM usual)
  UNION ALL
  SELECT ${holder}, grantee, privilege, false, true
  FROM (SELECT ${holder}, grantee, privilege FROM usual EXCEPT SELECT ${holder}, grantee, privilege FROM given) lost)`;

const PRIVILEGES = `json_agg(privilege ORDER BY privilege COLLATE "C") AS privileges`;

const MEMBER = `CASE WHEN EXISTS (SELECT FROM pg_depend e
    WHERE e.classid = catalog::regclass AND e.objid = oid AND e.deptype = 'e') THEN CASE catalog
  WHEN 'pg_proc' THEN (SELECT json_build_object('kind', 'routine', 'schema', n.nspname, 'name', f.proname,
      'arguments', oidvectortypes(f.proargtypes))
    FROM pg_proc f JOIN pg_namespace n ON n.oid = f.pronamespace WHERE f.oid = differences.oid)
  WHEN 'pg_class' THEN (SELECT json_build_object('kind', CASE c.relkind WHEN 'S' THEN 'sequence' WHEN 'v' THEN 'view'
      WHEN 'm' THEN 'materializedView' ELSE 'table' END, 'schema', n.nspname, 'name', c.relname)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = differences.oid)
  WHEN 'pg_type' THEN (SELECT json_build_object('kind', CASE t.typtype WHEN 'd' THEN 'domain' ELSE 'type' END,
      'schema', n.nspname, 'name', t.typname)
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.oid = differences.oid) END END`;

const GRANTS = `
WITH objects AS (${HOLDERS}),
holders AS (SELECT o.*, coalesce(i.initprivs, acldefault(o.kind::"char", o.owner)) AS base
  FROM objects o LEFT JOIN pg_init_privs i
    ON i.classoid = o.catalog::regclass AND i.objoid = o.oid AND i.objsubid = o.number),
${differences('catalog, oid, number, "column"')}
SELECT catalog, oid::text AS id, number, "column", ${ROLE}, ${PRIVILEGES}, grantable, revoked, ${MEMBER} AS member
FROM differences GROUP BY catalog, oid, number, "column", grantee, grantable, revoked`;

const DEFAULT_PRIVILEGES = `
WITH holders AS (SELECT d.defaclrole AS maker, d.defaclnamespace AS namespace, d.defaclobjtype AS objects,
    d.defaclacl AS acl, CASE WHEN d.defaclnamespace = 0 THEN
      acldefault(CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END, d.defaclrole) END AS base
  FROM pg_default_acl d),
${differences("maker, namespace, objects")}
SELECT pg_get_userbyid(maker) AS for, n.nspname AS schema, objects, ${ROLE}, ${PRIVILEGES}, grantable, revoked
FROM differences LEFT JOIN pg_namespace n ON n.oid = namespace
GROUP BY maker, n.nspname, objects, grantee, grantable, revoked`;

/** The questions. */
export const FACT_QUESTIONS: Questions<FactRows> = {
  comments: () => COMMENTS,
  dependencies: DEPENDENCIES,
  grants: () => GRANTS,
  defaultPrivileges: () => DEFAULT_PRIVILEGES,
};
