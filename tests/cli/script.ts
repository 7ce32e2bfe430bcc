/**
 * Command-line tests as text: commands, what they print, and the files that they need.
 *
 * ```text
 * # What is tested.
 * $ limbeck heads
 * 1975ea83b712 (head)
 *
 * $ limbeck upgrade nope
 * 2> Error: Cannot find revision "nope"
 * 2> ...
 * [2]
 *
 * -- limbeck.json --
 * {"scriptLocation": "migrations"}
 * ```
 *
 * Lines below a command are its stdout, `2>` lines its stderr, `[N]` its exit code (0 where it is left out). `[..]` in a
 * line is any text, a line `...` is any lines. Beside `limbeck` there are `cat`, `rm`, `write FILE TEXT`, `replace FILE
 * FROM TO`, `export NAME=VALUE`, `cd DIRECTORY` and `sql STATEMENT` (on the database of `DATABASE_URL`, rows as JSON).
 * `# needs: postgres` gives the script a database of its own in `DATABASE_URL`.
 */

/** A command of a script, and what it must do. */
export interface ScriptStep {
  readonly line: number;
  /** The command as it is written. */
  readonly text: string;
  readonly words: readonly string[];
  readonly stdout: readonly string[];
  readonly stderr: readonly string[] | null;
  readonly exit: number;
}

/** A parsed script. */
export interface Script {
  readonly needsPostgres: boolean;
  readonly steps: readonly ScriptStep[];
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/** Parses a script. */
export function parseScript(text: string): Script {
  const [script = "", ...sections] = text.split(/^-- (?=\S+ --$)/m);
  const files = sections.map((section) => {
    const end = section.indexOf("\n");
    return { path: section.slice(0, end).replace(/ --$/, ""), text: section.slice(end + 1).replace(/\n+$/, "\n") };
  });
  const steps: ScriptStep[] = [];
  const lines = script.split("\n");
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? "";
    if (!line.startsWith("$ ")) {
      if (line !== "" && !line.startsWith("#")) throw new Error(`line ${at + 1} belongs to no command: ${line}`);
      at++;
      continue;
    }
    let end = at + 1;
    while (end < lines.length && !/^[$#] /.test(lines[end] ?? "")) end++;
    steps.push(toStep(at + 1, line.slice(2), lines.slice(at + 1, end)));
    at = end;
  }
  return { needsPostgres: /^# needs: postgres$/m.test(script), steps, files };
}

function toStep(line: number, command: string, body: readonly string[]): ScriptStep {
  const kept = [...body];
  while (kept.at(-1) === "") kept.pop();
  const exit = /^\[(\d+)\]$/.exec(kept.at(-1) ?? "")?.[1];
  if (exit !== undefined) kept.pop();
  const stderr = kept.filter((each) => each.startsWith("2> ")).map((each) => each.slice(3));
  return {
    line,
    text: command,
    words: splitWords(command),
    stdout: kept.filter((each) => !each.startsWith("2> ")),
    stderr: stderr.length === 0 ? null : stderr,
    exit: Number(exit ?? 0),
  };
}

/** Splits a command as a shell does, with single and double quotes and `\n` in the latter. */
export function splitWords(command: string): readonly string[] {
  const words = command.match(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g) ?? [];
  return words.map((word) =>
    word.replace(
      /"([^"]*)"|'([^']*)'/g,
      (_, double?: string, single?: string) => double === undefined ? single ?? "" : double.replaceAll("\\n", "\n"),
    )
  );
}

/** Whether lines are what a script expects, wildcards considered. */
export function matchesLines(actual: readonly string[], expected: readonly string[]): boolean {
  const [pattern, ...rest] = expected;
  if (pattern === undefined) return actual.length === 0;
  if (pattern === "...") {
    return actual.some((_, at) => matchesLines(actual.slice(at), rest)) || matchesLines([], rest);
  }
  const [line, ...others] = actual;
  return line !== undefined && toPattern(pattern).test(line) && matchesLines(others, rest);
}

function toPattern(line: string): RegExp {
  const parts = line.split("[..]").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`);
}
