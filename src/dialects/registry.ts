/**
 * Which dialect a url or a client belongs to: a line each, imported when it is needed.
 *
 * @module
 */
import { LimbeckError } from "../errors.ts";
import type { ConnectionSource, Dialect } from "./dialect.ts";

interface Entry {
  readonly name: string;
  /** The url schemes, without the colon. */
  readonly schemes: readonly string[];
  /** Whether a client that the user has opened is one of this dialect's. */
  readonly owns: (client: object) => boolean;
  readonly load: () => Promise<Dialect>;
}

const has = (client: object, ...methods: readonly string[]): boolean =>
  methods.every((method) => typeof Reflect.get(client, method) === "function");

const DIALECTS: readonly Entry[] = [
  {
    name: "postgres",
    schemes: ["postgres", "postgresql", "pglite"],
    // pg's Client and Pool, PGlite.
    owns: (client) => has(client, "query") && !has(client, "executeMultiple"),
    load: async () => (await import("./postgres/dialect.ts")).postgres,
  },
  {
    name: "sqlite",
    schemes: ["sqlite", "file", "libsql", "http", "https", "ws", "wss"],
    // libSQL's client.
    owns: (client) => has(client, "execute", "executeMultiple"),
    load: async () => (await import("./sqlite/dialect.ts")).sqlite,
  },
];

/** Whether a text is a url of a database that some dialect knows. */
export function isUrl(text: string): boolean {
  const scheme = schemeOf(text);
  return DIALECTS.some(({ schemes }) => schemes.includes(scheme));
}

/** The names of the dialects, sorted. */
export const DIALECT_NAMES: readonly string[] = DIALECTS.map(({ name }) => name).sort();

function schemeOf(url: string): string {
  if (url === ":memory:") return "file";
  return /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? "";
}

/**
 * The dialect of a url or an open client.
 *
 * @returns the dialect, imported now
 * @throws `UNKNOWN_DIALECT` where no dialect knows the scheme or the client
 */
export function dialectOf(source: ConnectionSource): Promise<Dialect> {
  if ("client" in source) {
    const { client } = source;
    const entry = typeof client === "object" && client !== null ? DIALECTS.find(({ owns }) => owns(client)) : undefined;
    if (entry !== undefined) return entry.load();
    throw new LimbeckError(
      "UNKNOWN_DIALECT",
      "Cannot use the connection that env.ts configures: it is no known client",
      {
        hint: "Give a pg Client or Pool, a libSQL client or a PGlite, or configure a url",
      },
    );
  }
  const scheme = schemeOf(source.url);
  const entry = DIALECTS.find(({ schemes }) => schemes.includes(scheme));
  if (entry !== undefined) return entry.load();
  const schemes = DIALECTS.flatMap((each) => each.schemes);
  throw new LimbeckError(
    "UNKNOWN_DIALECT",
    scheme === ""
      ? "Cannot tell the database from its url: it has no scheme"
      : `Cannot connect: "${scheme}:" is not the scheme of a database that limbeck knows`,
    { hint: `A url begins with one of ${schemes.map((each) => `${each}:`).join(", ")}`, facts: { scheme } },
  );
}

/**
 * The dialect of that name.
 *
 * @throws `UNKNOWN_DIALECT` where there is none
 */
export function dialectNamed(name: string): Promise<Dialect> {
  const entry = DIALECTS.find((each) => each.name === name);
  if (entry !== undefined) return entry.load();
  throw new LimbeckError("UNKNOWN_DIALECT", `Cannot find the dialect "${name}"`, {
    hint: `The dialects are: ${DIALECT_NAMES.join(", ")}`,
  });
}
