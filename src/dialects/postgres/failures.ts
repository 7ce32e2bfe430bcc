/**
 * What PostgreSQL and the network say, as errors of limbeck.
 *
 * @module
 */
import { isLimbeckError, type JsonValue, LimbeckError, messageOf } from "../../errors.ts";

/** The fields of an error that the server sends. */
interface ServerError {
  readonly code?: string;
  readonly message: string;
  readonly position?: string;
  readonly [field: string]: unknown;
}

const SQLSTATE = /^[0-9A-Z]{5}$/;

/** The SQLSTATE of a server's error; undefined for any other. */
export function sqlState(error: unknown): string | undefined {
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  // Node's own codes are of letters only, and longer or shorter but for EPIPE, which has no digit.
  return typeof code === "string" && SQLSTATE.test(code) && /\d/.test(code) ? code : undefined;
}

/** An offset in code points, as the server counts, in UTF-16 code units. */
function utf16Offset(sql: string, codePoints: number): number {
  let units = 0;
  for (let index = 0; index < codePoints && units < sql.length; index++) {
    units += (sql.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
  }
  return units;
}

/**
 * The error of a statement: `STATEMENT_FAILED` with the facts `sql`, `serverCode` (SQLSTATE), `position` (counted from
 * 1, in UTF-16 code units), `detail`, `constraint`, `table`, `column`; `CONNECTION_FAILED` where the server has gone.
 */
export function statementFailure(error: unknown, sql: string, description: string): LimbeckError {
  if (isLimbeckError(error)) return error;
  const serverCode = sqlState(error);
  if (serverCode === undefined) {
    return new LimbeckError("CONNECTION_FAILED", `Lost the connection to ${description}: ${messageOf(error)}`, {
      facts: { sql },
      cause: error,
    });
  }
  const server = error as ServerError;
  const facts: Record<string, JsonValue> = { sql, serverCode };
  if (server.position !== undefined) facts["position"] = utf16Offset(sql, Number(server.position) - 1) + 1;
  for (const field of ["detail", "constraint", "schema", "table", "column"]) {
    const value = server[field];
    if (typeof value === "string") facts[field] = value;
  }
  const detail = typeof server["detail"] === "string" ? ` (${server["detail"].replace(/\.$/, "")})` : "";
  return new LimbeckError("STATEMENT_FAILED", `PostgreSQL says: ${server.message}${detail}`, {
    hint: typeof server["hint"] === "string" ? server["hint"] : undefined,
    facts,
    cause: error,
  });
}

interface Endpoint {
  readonly description: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

/** The reason and the hint of each failure to connect that has a name, by SQLSTATE or by the code of Node. */
const REASONS: { readonly [code: string]: (to: Endpoint, message: string) => readonly [reason: string, hint: string] } =
  {
    ECONNREFUSED: ({ host, port }) => [
      `no server listens on ${host}:${port}`,
      "Start the server, or correct host and port in the url",
    ],
    ENOENT: ({ host }) => [`there is no socket of a server in "${host}"`, "Start the server, or correct the host"],
    ENOTFOUND: ({ host }) => [`the host "${host}" is unknown`, "Correct the host in the url"],
    EAI_AGAIN: ({ host }) => [`the host "${host}" cannot be looked up`, "Correct the host, or look at the network"],
    ETIMEDOUT: ({ host, port }) => [`${host}:${port} does not answer`, "Look at the network and its firewalls"],
    ECONNRESET: ({ host, port }) => [`${host}:${port} closed the connection`, "Does the server want TLS (sslmode)?"],
    "28P01": ({ user }) => [`the server refuses the password of "${user}"`, "Correct user and password in the url"],
    "28000": ({ user }, message) => [
      `the server does not let "${user}" in: ${message}`,
      "Correct the user in the url, or look at the server's pg_hba.conf",
    ],
    "3D000": ({ database }) => [`there is no database "${database}"`, "Create it first, or correct the url"],
    "53300": () => ["the server has too many connections", "Try again when some have ended"],
    "57P03": () => ["the server is starting up or shutting down", "Try again in a moment"],
  };

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code: unknown = Reflect.get(error, "code");
  if (typeof code === "string") return code;
  return error instanceof AggregateError ? codeOf(error.errors[0]) : undefined;
}

/** The error of a failure to connect: `CONNECTION_FAILED`, one sentence each. */
export function connectionFailure(error: unknown, to: Endpoint): LimbeckError {
  if (isLimbeckError(error)) return error;
  const code = codeOf(error);
  const known = code === undefined ? undefined : REASONS[code]?.(to, messageOf(error));
  const [reason, hint] = known ?? [messageOf(error), undefined];
  return new LimbeckError("CONNECTION_FAILED", `Cannot connect to ${to.description}: ${reason}`, {
    hint,
    facts: {
      ...(code === undefined ? {} : { serverCode: code }),
      ...(known === undefined ? {} : { serverMessage: messageOf(error) }),
    },
    cause: error,
  });
}
