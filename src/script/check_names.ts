/**
 * The names of revisions and branches: which are legal, and that each means one thing.
 *
 * @module
 */
import { LimbeckError } from "../errors.ts";
import type { Problem } from "./problems.ts";
import type { Revision } from "./revision.ts";
import { relativePath } from "../platform/files.ts";

/** How long an id may be: the version table's column is `varchar(32)`, as in Alembic. */
export const MAX_ID_LENGTH = 32;

const RESERVED = new Set(["head", "heads", "base", "current"]);

/**
 * What is wrong with a revision id, as the end of a sentence; undefined where nothing is.
 */
export function idFault(id: string): string | undefined {
  if (id === "") return "it is empty";
  if (RESERVED.has(id)) return "the word has a meaning of its own";
  const illegal = [...new Set(id.match(/[@:+\-\s]/g) ?? [])].sort().map((character) => `"${character}"`);
  if (illegal.length > 0) return `${illegal.join(", ")} cannot be in an id, as ranges and steps are written with it`;
  if ([...id].length > MAX_ID_LENGTH) {
    return `it has ${[...id].length} characters, and the version table's column takes ${MAX_ID_LENGTH}`;
  }
  return undefined;
}

/** What is wrong with a branch label, as the end of a sentence; undefined where nothing is. */
export function labelFault(label: string): string | undefined {
  if (label === "") return "it is empty";
  if (RESERVED.has(label)) return "the word has a meaning of its own";
  return /[@:\s]/.test(label) ? 'a label has no "@", ":" or spaces' : undefined;
}

/**
 * Checks an id that a person chose.
 *
 * @throws `REVISION_ID_INVALID`
 */
export function checkId(id: string): void {
  const fault = idFault(id);
  if (fault === undefined) return;
  throw new LimbeckError("REVISION_ID_INVALID", `Cannot use "${id}" as a revision id: ${fault}`, {
    hint: "Use letters, digits and underscores, at most 32",
    facts: { revision: id },
  });
}

/**
 * Finds every revision by its id and by its labels, adding what clashes to `problems`.
 */
export function checkNames(
  revisions: readonly Revision[],
  problems: Problem[],
): { readonly positions: ReadonlyMap<string, number>; readonly labelled: ReadonlyMap<string, number> } {
  const positions = new Map<string, number>();
  revisions.forEach((revision, index) => {
    const fault = idFault(revision.revision);
    if (fault !== undefined) problems.push(illegal(revision, revision.revision, "revision id", fault));
    const first = positions.get(revision.revision);
    if (first === undefined) positions.set(revision.revision, index);
    else problems.push(duplicateId(revisions[first]!, revision));
  });
  const labelled = new Map<string, number>();
  revisions.forEach((revision, index) => {
    for (const label of new Set(revision.branchLabels)) {
      const fault = labelFault(label);
      if (fault !== undefined) problems.push(illegal(revision, label, "branch label", fault));
      const first = labelled.get(label) ?? positions.get(label);
      if (first === undefined) labelled.set(label, index);
      else problems.push(duplicateLabel(label, revisions[first]!, revision));
    }
  });
  return { positions, labelled };
}

function illegal({ path, revision }: Revision, name: string, what: string, fault: string): Problem {
  return {
    code: "REVISION_ID_INVALID",
    message: `Cannot load "${relativePath(path)}": "${name}" cannot be a ${what}: ${fault}`,
    hint: "Change it in the file and in the files that name it",
    facts: { revision, path },
  };
}

function duplicateId(first: Revision, second: Revision): Problem {
  return {
    code: "DUPLICATE_REVISION",
    message: `Cannot load revision "${first.revision}": two files have this id, "${relativePath(first.path)}" and "${
      relativePath(second.path)
    }"`,
    hint: "Give one of them another id, or delete the copy",
    facts: { revision: first.revision, paths: [first.path, second.path] },
  };
}

function duplicateLabel(label: string, first: Revision, second: Revision): Problem {
  const owner = first.revision === label ? "is the id of" : "is used by";
  return {
    code: "DUPLICATE_LABEL",
    message: `Cannot load "${relativePath(second.path)}": its branch label "${label}" ${owner} "${
      relativePath(first.path)
    }" already`,
    hint: "A label is declared once: it reaches all descendants by itself",
    facts: { label, revisions: [first.revision, second.revision], paths: [first.path, second.path] },
  };
}
