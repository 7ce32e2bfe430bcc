/** The blog on SQLite. `schema_postgres.ts` is the same on PostgreSQL. */
import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

export const users = sqliteTable("users", {
  id: integer().primaryKey({ autoIncrement: true }),
  email: text().notNull().unique(),
  name: text().notNull(),
  role: text({ enum: ["reader", "author", "admin"] }).notNull().default("reader"),
  active: integer({ mode: "boolean" }).notNull().default(true),
  createdAt: text("created_at").notNull().default(sql`CURRENT_TIMESTAMP`),
}, (table) => [
  check("users_email_has_at", sql`${table.email} like '%@%'`),
]);

export const posts = sqliteTable("posts", {
  id: integer().primaryKey({ autoIncrement: true }),
  authorId: integer("author_id").notNull().references(() => users.id, { onDelete: "cascade" }),
  slug: text().notNull(),
  title: text().notNull(),
  body: text().notNull().default(""),
  status: text({ enum: ["draft", "published", "archived"] }).notNull().default("draft"),
  views: integer().notNull().default(0),
  publishedAt: text("published_at"),
}, (table) => [
  uniqueIndex("posts_slug_idx").on(table.slug),
  index("posts_author_published_idx").on(table.authorId, table.publishedAt),
  index("posts_drafts_idx").on(table.authorId).where(sql`${table.status} = 'draft'`),
  check("posts_views_not_negative", sql`${table.views} >= 0`),
]);

export const comments = sqliteTable("comments", {
  id: integer().primaryKey({ autoIncrement: true }),
  postId: integer("post_id").notNull().references(() => posts.id, { onDelete: "cascade" }),
  authorId: integer("author_id").references(() => users.id, { onDelete: "set null" }),
  body: text().notNull(),
  createdAt: text("created_at").notNull().default(sql`CURRENT_TIMESTAMP`),
}, (table) => [
  index("comments_post_idx").on(table.postId),
]);

export const tags = sqliteTable("tags", {
  id: integer().primaryKey({ autoIncrement: true }),
  name: text().notNull().unique(),
});

export const postTags = sqliteTable("post_tags", {
  postId: integer("post_id").notNull().references(() => posts.id, { onDelete: "cascade" }),
  tagId: integer("tag_id").notNull().references(() => tags.id, { onDelete: "cascade" }),
}, (table) => [
  primaryKey({ columns: [table.postId, table.tagId] }),
]);
