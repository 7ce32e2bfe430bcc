/**
 * The urls of SQLite files and libSQL servers.
 *
 * @module
 */
import { isAbsolute, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { LimbeckError } from "../../errors.ts";

/** Where a url leads. */
export interface Place {
  /** The url as libSQL's client takes it. */
  readonly url: string;
  /** For messages: the file's path, or the server without token and password. */
  readonly description: string;
  /** The path of the file; undefined for a database in memory or on a server. */
  readonly path?: string | undefined;
}

const MEMORY: Place = { url: ":memory:", description: ":memory:" };
const IN_MEMORY = new Set(["", ":memory:"]);

function invalid(reason: string): LimbeckError {
  return new LimbeckError("URL_INVALID", `Cannot use the database url: ${reason}`, {
    hint:
      "A SQLite url is one of sqlite:app.db, sqlite:///app.db, sqlite:////absolute/app.db, file:app.db, :memory:, libsql://host?authToken=…",
  });
}

/** `sqlite:app.db`, and SQLAlchemy's `sqlite:///app.db` (relative) and `sqlite:////var/app.db` (absolute). */
function sqlitePlace(rest: string): Place {
  if (rest === "") throw invalid('after "sqlite:" there is no file');
  if (/^\/\/[^/]/.test(rest)) throw invalid('after "sqlite:" come none or three slashes (four for an absolute path)');
  const [before = "", query] = rest.split("?");
  const path = before.replace(/^\/\/\/?/, "");
  if (IN_MEMORY.has(path)) return MEMORY;
  const encoded = encodeURI(path).replaceAll("#", "%23");
  return { url: `file:${encoded}${query === undefined ? "" : `?${query}`}`, description: path, path };
}

function filePlace(url: string): Place {
  const [before = "", query] = url.slice("file:".length).split("?");
  const path = decode(before.replace(/^\/\/[^/]*/, ""));
  if (path === "") throw invalid('after "file:" there is no file');
  if (path === MEMORY.url) return { ...MEMORY, url: query === undefined ? MEMORY.url : url };
  return { url, description: path, path };
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw invalid("a % in a file: url begins a code of two digits; write %25 for the character itself");
  }
}

function serverPlace(url: string): Place {
  if (!URL.canParse(url)) throw invalid("it is not a url");
  const { protocol, host, pathname } = new URL(url);
  return { url, description: `${protocol}//${host}${pathname === "/" ? "" : pathname}` };
}

/** The place with a relative path made absolute. */
function placeUnder(place: Place, directory: string | undefined): Place {
  if (place.path === undefined || directory === undefined || isAbsolute(place.path)) return place;
  const path = resolve(directory, place.path);
  const query = place.url.includes("?") ? place.url.slice(place.url.indexOf("?")) : "";
  return { ...place, url: pathToFileURL(path).href + query, path };
}

/**
 * Reads a url.
 *
 * @param directory what a relative path starts from; left out means the working directory
 * @throws `URL_INVALID`
 */
export function placeOf(url: string, directory?: string): Place {
  if (url === MEMORY.url) return MEMORY;
  const [, scheme = "", rest = ""] = /^([a-z][a-z0-9+.-]*):([^]*)$/i.exec(url) ?? [];
  if (scheme === "") throw invalid("it has no scheme");
  const given = scheme.toLowerCase() === "sqlite"
    ? sqlitePlace(rest)
    : scheme.toLowerCase() === "file"
    ? filePlace(url)
    : serverPlace(url);
  return placeUnder(given, directory);
}
