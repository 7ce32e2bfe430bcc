/**
 * first
 *
 * Revision ID: 5c3d8a91f0e2
 * Revises:
 * Create Date: 2026-11-23T05:11:23Z
 */
import type { Op } from "limbeck";

export const revision = "5c3d8a91f0e2";
export const downRevision = null;
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Op): void {
  op.createTable("users", {
    columns: [
      { name: "id", type: "integer", nullable: false, autoincrement: true },
      { name: "email", type: "text", nullable: false },
      { name: "name", type: "text", nullable: false },
      { name: "role", type: "text", nullable: false, default: "'reader'" },
      { name: "active", type: "integer", nullable: false, default: "1" },
      { name: "created_at", type: "text", nullable: false, default: "CURRENT_TIMESTAMP" },
    ],
    primaryKey: ["id"],
    uniques: [{ name: "users_email_unique", columns: ["email"] }],
    checks: [{ name: "users_email_has_at", expression: "email like '%@%'" }],
  });
  op.createTable("posts", {
    columns: [
      { name: "id", type: "integer", nullable: false, autoincrement: true },
      { name: "author_id", type: "integer", nullable: false },
      { name: "slug", type: "text", nullable: false },
      { name: "title", type: "text", nullable: false },
      { name: "body", type: "text", nullable: false, default: "''" },
      { name: "status", type: "text", nullable: false, default: "'draft'" },
      { name: "views", type: "integer", nullable: false, default: "0" },
      { name: "published_at", type: "text" },
    ],
    primaryKey: ["id"],
    foreignKeys: [
      {
        name: "posts_author_id_users_id_fk",
        columns: ["author_id"],
        references: { table: "users", columns: ["id"] },
        onDelete: "cascade",
      },
    ],
    checks: [{ name: "posts_views_not_negative", expression: "views >= 0" }],
    indexes: [
      { name: "posts_slug_idx", columns: ["slug"], unique: true },
      { name: "posts_author_published_idx", columns: ["author_id", "published_at"] },
      { name: "posts_drafts_idx", columns: ["author_id"], where: "status = 'draft'" },
    ],
  });
  op.createTable("comments", {
    columns: [
      { name: "id", type: "integer", nullable: false, autoincrement: true },
      { name: "post_id", type: "integer", nullable: false },
      { name: "author_id", type: "integer" },
      { name: "body", type: "text", nullable: false },
      { name: "created_at", type: "text", nullable: false, default: "CURRENT_TIMESTAMP" },
    ],
    primaryKey: ["id"],
    foreignKeys: [
      {
        name: "comments_post_id_posts_id_fk",
        columns: ["post_id"],
        references: { table: "posts", columns: ["id"] },
        onDelete: "cascade",
      },
      {
        name: "comments_author_id_users_id_fk",
        columns: ["author_id"],
        references: { table: "users", columns: ["id"] },
        onDelete: "set null",
      },
    ],
    indexes: [{ name: "comments_post_idx", columns: ["post_id"] }],
  });
  op.createTable("tags", {
    columns: [
      { name: "id", type: "integer", nullable: false, autoincrement: true },
      { name: "name", type: "text", nullable: false },
    ],
    primaryKey: ["id"],
    uniques: [{ name: "tags_name_unique", columns: ["name"] }],
  });
  op.createTable("post_tags", {
    columns: [
      { name: "post_id", type: "integer", nullable: false },
      { name: "tag_id", type: "integer", nullable: false },
    ],
    primaryKey: { name: "post_tags_post_id_tag_id_pk", columns: ["post_id", "tag_id"] },
    foreignKeys: [
      {
        name: "post_tags_post_id_posts_id_fk",
        columns: ["post_id"],
        references: { table: "posts", columns: ["id"] },
        onDelete: "cascade",
      },
      {
        name: "post_tags_tag_id_tags_id_fk",
        columns: ["tag_id"],
        references: { table: "tags", columns: ["id"] },
        onDelete: "cascade",
      },
    ],
  });
}

export function downgrade(op: Op): void {
  op.dropTable("post_tags");
  op.dropTable("tags");
  op.dropTable("comments");
  op.dropTable("posts");
  op.dropTable("users");
}
