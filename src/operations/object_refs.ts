/**
 * What a schema says about an object elsewhere than in the object: comments, rights, and what belongs to it. It goes
 * with the object, follows its name, and comes back with it.
 *
 * @module
 */
import { compact, compareText } from "../schema/edit.ts";
import type { ObjectName, Schema } from "../schema/model.ts";
import type { Comment as SaidComment, Grant as GrantedRight, ObjectRef, RefKind } from "../schema/objects.ts";
import { refKey } from "../schema/refs.ts";
import type { Comment } from "./comment.ts";
import type { CreateObject } from "./create_object.ts";
import type { CreateTrigger } from "./create_trigger.ts";
import type { Grant } from "./grant.ts";
import { firing } from "./enable_trigger.ts";
import { type AnyOperation, data } from "./operation.ts";
import type { Revoke } from "./revoke.ts";

const RELATIONS: ReadonlySet<RefKind> = new Set(["table", "view", "materializedView"]);

/** Whether a ref means the object or a part of it. */
function concerns(ref: ObjectRef, object: ObjectRef): boolean {
  if (refKey(ref) === refKey(object)) return true;
  return RELATIONS.has(object.kind) && ref.table === object.name && ref.schema === object.schema;
}

/** Whether a trigger, policy or rule belongs to the object. */
function belongs(part: ObjectName & { readonly table?: string }, object: ObjectRef): boolean {
  return RELATIONS.has(object.kind) && part.table === object.name && part.schema === object.schema;
}

/** Whether a right is one on a column, among others. */
function isOnColumn({ on, columns }: GrantedRight, object: ObjectRef): boolean {
  return object.kind === "column" && on.name === object.table && on.schema === object.schema &&
    (columns ?? []).includes(object.name);
}

/** A right without what it is on an object. */
function withoutRight(grant: GrantedRight, object: ObjectRef): readonly GrantedRight[] {
  if (concerns(grant.on, object)) return [];
  if (!isOnColumn(grant, object)) return [grant];
  const columns = grant.columns?.filter((name) => name !== object.name) ?? [];
  return columns.length === 0 ? [] : [{ ...grant, columns }];
}

/** The schema without what is said about an object, and without the triggers, policies and rules on it. */
export function forgotten(schema: Schema, object: ObjectRef): Schema {
  return {
    ...schema,
    triggers: schema.triggers.filter((each) => !belongs(each, object)),
    policies: schema.policies.filter((each) => !belongs(each, object)),
    objects: schema.objects.filter((each) => !belongs(each, object)),
    comments: schema.comments.filter(({ on }) => !concerns(on, object)),
    grants: schema.grants.flatMap((grant) => withoutRight(grant, object)),
    dependencies: schema.dependencies.filter(({ from, on }) => !concerns(from, object) && !concerns(on, object)),
  };
}

/** The schema in which everything that is said about an object is said about another name of it. */
export function followed(schema: Schema, object: ObjectRef, to: ObjectName): Schema {
  const inSchema = <T extends ObjectName>({ schema: _, ...rest }: T): T =>
    compact({ ...rest, schema: to.schema } as unknown as T) as T;
  const ref = (each: ObjectRef): ObjectRef => {
    if (refKey(each) === refKey(object)) return { ...inSchema(each), name: to.name };
    return concerns(each, object) ? { ...inSchema(each), table: to.name } : each;
  };
  const part = <T extends ObjectName & { readonly table?: string }>(each: T): T =>
    belongs(each, object) ? { ...inSchema(each), table: to.name } : each;
  return {
    ...schema,
    triggers: schema.triggers.map(part),
    policies: schema.policies.map(part),
    objects: schema.objects.map(part),
    comments: sortedComments(schema.comments.map((comment) => ({ ...comment, on: ref(comment.on) }))),
    grants: sortedGrants(schema.grants.map((grant) => ({ ...grant, on: ref(grant.on) }))),
    dependencies: schema.dependencies.map((each) => ({ from: ref(each.from), on: ref(each.on) })),
  };
}

/** The operations that say again what a schema says about an object: what is lost when it is dropped and made again. */
export function saidAgain(schema: Schema, object: ObjectRef): readonly AnyOperation[] {
  return [
    ...schema.triggers.filter((each) => belongs(each, object)).flatMap(({ enabled, ...trigger }) => [
      data<CreateTrigger>({ kind: "createTrigger", trigger }),
      ...firing(trigger.name, compact<ObjectName>({ name: trigger.table, schema: trigger.schema }), enabled),
    ]),
    ...schema.objects.filter((each) => belongs(each, object)).map((each) =>
      data<CreateObject>({ kind: "createObject", object: each })
    ),
    ...schema.comments.filter(({ on }) => concerns(on, object)).map(({ on, text }) =>
      data<Comment>({ kind: "comment", on, text })
    ),
    ...schema.grants.flatMap((grant) =>
      isOnColumn(grant, object) ? [{ ...grant, columns: [object.name] }] : concerns(grant.on, object) ? [grant] : []
    ).map(({ revoked, ...grant }) =>
      revoked ? data<Revoke>({ kind: "revoke", grant }) : data<Grant>({ kind: "grant", grant })
    ),
  ];
}

/** Comments in the order of the model. */
export function sortedComments(comments: readonly SaidComment[]): readonly SaidComment[] {
  return comments.toSorted((a, b) => compareText(refKey(a.on), refKey(b.on)));
}

/** Grants in the order of the model. */
export function sortedGrants(grants: readonly GrantedRight[]): readonly GrantedRight[] {
  const key = ({ on, columns, to, privileges, withGrantOption, revoked }: GrantedRight): string =>
    JSON.stringify([refKey(on), { to, privileges, withGrantOption, revoked }, columns ?? []]);
  return grants.toSorted((a, b) => compareText(key(a), key(b)));
}
