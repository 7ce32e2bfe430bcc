/**
 * The name in the CREATE statement of a function, a procedure or an aggregate.
 *
 * @module
 */
const NAME = String.raw`(?:"(?:[^"]|"")+"|[\w$\u0080-\uffff]+)`;
const HEAD = new RegExp(String.raw`\b((?:function|procedure|aggregate)\s+(?:${NAME}\s*\.\s*)?)${NAME}(?=\s*\()`, "i");

/** The definition with another name; the schema stays. Equal for the same name, however both were quoted. */
export function withRoutineName(definition: string, name: string): string {
  return definition.replace(HEAD, (_, before: string) => `${before}"${name.replaceAll('"', '""')}"`);
}
