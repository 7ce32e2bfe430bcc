/**
 * `check`: what compares and writes nothing.
 *
 * @module
 */
import { LimbeckError } from "../../errors.ts";
import { hazardousStatement } from "../format.ts";
import { COMPARE_OPTIONS, compareOptions } from "../compare_options.ts";
import type { CommandSpec } from "../program.ts";
import { answer, commandOptions, type Options, type Terminal, warn, withFindings } from "../terminal.ts";

/** `limbeck check` */
export function checkSpec(terminal: Terminal): CommandSpec {
  const { output } = terminal;
  return {
    name: "check",
    options: [...COMPARE_OPTIONS],
    summary: "Exit 1 where revision --autogenerate would find changes",
    action: async (_args, all) => {
      const options = all as Options;
      const { check } = await import("../../commands/check.ts");
      const { operations, rendered, statements, warnings, renames } = await check({
        ...commandOptions(options, terminal),
        ...compareOptions(options),
      });
      warn(warnings, output);
      answer(
        withFindings({ operations, statements: statements.map(hazardousStatement) }, { renames, warnings }),
        options,
        output,
        () => operations.length === 0 ? ["No new upgrade operations detected"] : [rendered.trimEnd()],
      );
      if (operations.length === 0) return;
      const count = operations.length === 1 ? "1 operation" : `${operations.length} operations`;
      return new LimbeckError(
        "CHANGES_DETECTED",
        `The database is not what the schema says: ${count} would be written`,
        {
          hint: 'Write them with: limbeck revision --autogenerate -m "…"',
        },
      );
    },
  };
}
