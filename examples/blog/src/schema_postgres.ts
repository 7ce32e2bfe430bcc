/** The blog on PostgreSQL. `schema.ts` is the same on SQLite. */
import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  serial,
  text,
  timestamp,
  uniqueIndex,
  varchar,
} from "drizzle-orm/pg-core";

export const role = pgEnum("role", ["reader", "author", "admin"]);
export const postStatus = pgEnum("post_status", ["draft", "published", "archived"]);

export const users = pgTable("users", {
  id: serial().primaryKey(),
  email: varchar({ length: 255 }).notNull().unique(),
  name: text().notNull(),
  role: role().notNull().default("reader"),
  active: boolean().notNull().default(true),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
}, (table) => [
  check("users_email_has_at", sql`${table.email} like '%@%'`),
]);

export const posts = pgTable("posts", {
  id: serial().primaryKey(),
  authorId: integer("author_id").notNull().references(() => users.id, { onDelete: "cascade" }),
  slug: varchar({ length: 120 }).notNull(),
  title: text().notNull(),
  body: text().notNull().default(""),
  status: postStatus().notNull().default("draft"),
  views: integer().notNull().default(0),
  publishedAt: timestamp("published_at", { withTimezone: true }),
}, (table) => [
  uniqueIndex("posts_slug_idx").on(table.slug),
  index("posts_author_published_idx").on(table.authorId, table.publishedAt.desc()),
  index("posts_drafts_idx").on(table.authorId).where(sql`${table.status} = 'draft'`),
  check("posts_views_not_negative", sql`${table.views} >= 0`),
]);

export const comments = pgTable("comments", {
  id: serial().primaryKey(),
  postId: integer("post_id").notNull().references(() => posts.id, { onDelete: "cascade" }),
  authorId: integer("author_id").references(() => users.id, { onDelete: "set null" }),
  body: text().notNull(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
}, (table) => [
  index("comments_post_idx").on(table.postId),
]);

export const tags = pgTable("tags", {
  id: serial().primaryKey(),
  name: text().notNull().unique(),
});

export const postTags = pgTable("post_tags", {
  postId: integer("post_id").notNull().references(() => posts.id, { onDelete: "cascade" }),
  tagId: integer("tag_id").notNull().references(() => tags.id, { onDelete: "cascade" }),
}, (table) => [
  primaryKey({ columns: [table.postId, table.tagId] }),
]);
