// What the database should look like: your application uses the same tables.
// PostgreSQL: import from "drizzle-orm/pg-core", and write pgTable.
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const users = sqliteTable("users", {
  id: integer().primaryKey(),
  email: text().notNull().unique(),
  name: text().notNull(),
});
