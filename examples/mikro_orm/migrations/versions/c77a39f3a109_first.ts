/**
 * first
 *
 * Revision ID: c77a39f3a109
 * Revises:
 * Create Date: 2026-11-23T17:30:54Z
 */
import type { Op } from "limbeck";

export const revision = "c77a39f3a109";
export const downRevision = null;
export const branchLabels = null;
export const dependsOn = null;

export function upgrade(op: Op): void {
  op.createTable("authors", {
    columns: [
      { name: "id", type: "integer", autoincrement: true, nullable: false },
      { name: "email", type: "text", nullable: false },
      { name: "name", type: "text", nullable: false },
      { name: "role", type: "text", default: "'reader'", nullable: false },
      { name: "created_at", type: "datetime", default: "current_timestamp", nullable: false },
    ],
    primaryKey: ["id"],
    checks: [{ name: "authors_check", expression: "`role` in ('reader', 'writer', 'editor')" }],
    indexes: [{ name: "authors_email_unique", columns: ["email"], unique: true }],
  });
  op.createTable("posts", {
    columns: [
      { name: "id", type: "integer", autoincrement: true, nullable: false },
      { name: "title", type: "text", nullable: false },
      { name: "body", type: "text", nullable: false },
      { name: "views", type: "integer", default: "0", nullable: false },
      { name: "published_at", type: "datetime" },
      { name: "author_id", type: "integer", nullable: false },
    ],
    primaryKey: ["id"],
    foreignKeys: [
      {
        name: "posts_author_id_foreign",
        columns: ["author_id"],
        references: { table: "authors", columns: ["id"] },
        onDelete: "cascade",
        onUpdate: "cascade",
      },
    ],
    indexes: [
      { name: "posts_author_id_index", columns: ["author_id"] },
      { name: "posts_author_id_published_at_index", columns: ["author_id", "published_at"] },
    ],
  });
}

export function downgrade(op: Op): void {
  op.dropTable("posts");
  op.dropTable("authors");
}
