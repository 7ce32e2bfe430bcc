/**
 * The command line: its commands, arguments and options, as commander takes them.
 *
 * @module
 */
import { Command, CommanderError, Option } from "commander";
import { LimbeckError } from "../errors.ts";
import { nearest } from "../platform/nearest.ts";
import { VERSION } from "../version.ts";

/** The options that every command takes. */
export interface GlobalOptions {
  readonly config?: string;
  readonly name?: string;
  readonly x?: readonly string[];
  readonly url?: string;
  readonly envFile?: readonly string[];
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly raiseerr?: boolean;
  readonly color: boolean;
}

/**
 * Runs a command: what is given on the command line after its name.
 *
 * @returns a negative answer (`check` finds changes): it is shown as an error beside the answer that is printed already
 */
export type Action = (
  args: readonly (string | readonly string[] | undefined)[],
  options: { readonly [option: string]: unknown },
) => Promise<LimbeckError | undefined | void>;

/** An option as commander writes it: `-m, --message <text>`; a repeatable one is a list. */
export type OptionSpec = readonly [flags: string, description: string, repeatable?: "repeatable"];

/** A command of the command line. */
export interface CommandSpec {
  /** With hyphens; the same with underscores is understood too. */
  readonly name: string;
  /** As commander writes arguments: `<revision>`, `[directory]`, `<revisions...>`. */
  readonly arguments?: readonly (readonly [name: string, description: string])[];
  readonly summary: string;
  readonly options?: readonly OptionSpec[];
  readonly examples?: readonly string[];
  readonly action: Action;
}

const collect = (value: string, previous: readonly string[] | undefined): readonly string[] => [
  ...(previous ?? []),
  value,
];

/** The names that users of other tools type, and what limbeck has for them. */
const FOREIGN: { readonly [word: string]: string } = {
  migrate: "upgrade head",
  up: "upgrade head",
  down: "downgrade -1",
  rollback: "downgrade -1",
  generate: 'revision --autogenerate -m "…"',
  status: "current",
  push: "upgrade head",
  deploy: "upgrade head",
  version: "--version",
};

/**
 * Makes the program from its commands.
 *
 * @param onNegative told of a command's negative answer
 * @param print gets the help and the version, where they are asked for
 */
export function createProgram(
  commands: readonly CommandSpec[],
  onNegative: (answer: LimbeckError) => void,
  print: (text: string) => void,
): Command {
  const program = new Command("limbeck")
    .description("Database migrations for TypeScript: revisions in a graph, autogenerate, upgrade and downgrade.")
    .version(`limbeck ${VERSION}`, "--version", "Print the version")
    .helpOption("-h, --help", "Print this help")
    .helpCommand("help [command]", "Print the help of a command")
    .exitOverride()
    .configureOutput(outputTo(print))
    .configureHelp({ subcommandTerm })
    .showSuggestionAfterError(true);
  addGlobalOptions(program);
  for (const spec of commands) program.addCommand(toCommand(spec, onNegative, print));
  return program;
}

/** What commander writes: answers only. What is wrong it throws too, and that is shown as every other error is. */
const outputTo = (print: (text: string) => void) => ({
  writeOut: print,
  writeErr: () => undefined,
  outputError: () => undefined,
});

/** A command in the list of the help: without the name with underscores. */
function subcommandTerm(command: Command): string {
  const names = command.registeredArguments.map((each) => {
    const name = `${each.name()}${each.variadic ? "..." : ""}`;
    return each.required ? ` <${name}>` : ` [${name}]`;
  });
  return `${command.name()}${names.join("")}`;
}

function addGlobalOptions(program: Command): void {
  program
    .addOption(new Option("-c, --config <file>", "Configuration file (default: limbeck.json, found upwards)"))
    .addOption(new Option("-n, --name <name>", "Named section of the configuration's environments"))
    .addOption(new Option("-x <key=value>", "Argument for env.ts; repeatable").argParser(collect))
    .addOption(new Option("--url <url>", "Database url; wins over env.ts and the configuration"))
    .addOption(new Option("--env-file <file>", "Read variables from a file first; repeatable").argParser(collect))
    .addOption(new Option("--json", "Print the result as one JSON document"))
    .addOption(new Option("-q, --quiet", "No progress, only results and errors"))
    .addOption(new Option("-v, --verbose", "More of everything"))
    .addOption(new Option("--raiseerr", "Print the stack trace of an error"))
    .addOption(new Option("--no-color", "No colours (NO_COLOR and FORCE_COLOR are kept too)"));
}

function toCommand(
  spec: CommandSpec,
  onNegative: (answer: LimbeckError) => void,
  print: (text: string) => void,
): Command {
  const command = new Command(spec.name).summary(spec.summary).description(spec.summary);
  command.helpOption("-h, --help", "Print this help").configureHelp({ showGlobalOptions: true }).exitOverride()
    .configureOutput(outputTo(print));
  if (spec.name.includes("-")) command.alias(spec.name.replaceAll("-", "_"));
  for (const [name, description] of spec.arguments ?? []) command.argument(name, description);
  for (const [flags, description, repeatable] of spec.options ?? []) {
    const option = new Option(flags, description);
    command.addOption(repeatable === undefined ? option : option.argParser(collect));
  }
  const examples = (spec.examples ?? []).map((line) => `  limbeck ${line}`);
  if (examples.length > 0) command.addHelpText("after", `\nExamples:\n${examples.join("\n")}`);
  command.action(async (...given: unknown[]) => {
    const args = given.slice(0, spec.arguments?.length ?? 0) as (string | string[] | undefined)[];
    const negative = await spec.action(args, command.optsWithGlobals());
    if (negative !== undefined) onNegative(negative);
  });
  return command;
}

/** Whether commander threw only to end the program after it printed help or the version. */
export function isRegularEnd(thrown: unknown): thrown is CommanderError {
  return thrown instanceof CommanderError && thrown.exitCode === 0;
}

/** What commander printed before it ended the program, as `--json` shows it. */
export function endDocument({ code }: CommanderError, printed: string): object {
  return code === "commander.version" ? { version: VERSION } : { help: printed };
}

/** A usage error as one of ours. */
export function usageError(
  error: CommanderError,
  argv: readonly string[],
  commands: readonly CommandSpec[],
): LimbeckError {
  const names = commands.map(({ name }) => name);
  const unknown = unknownCommand(error, argv, names);
  if (unknown !== undefined) {
    const meant = FOREIGN[unknown] ?? nearest(unknown, names);
    return new LimbeckError("USAGE", `Unknown command "${unknown}"`, {
      hint: meant === undefined ? `The commands are: ${names.join(", ")}` : `Did you mean: limbeck ${meant}`,
    });
  }
  if (error.code === "commander.help") return new LimbeckError("USAGE", "No command is given", { hint: SEE_HELP });
  const command = commands.find(({ name }) => argv.includes(name) || argv.includes(name.replaceAll("-", "_")));
  return new LimbeckError("USAGE", usageMessage(error), { hint: usageHint(error, command) });
}

const SEE_HELP = "See limbeck --help";

/** The word that is no command; commander takes `help WORD` for a call without a command. */
function unknownCommand(error: CommanderError, argv: readonly string[], names: readonly string[]): string | undefined {
  if (error.code === "commander.unknownCommand") return /unknown command '(.*?)'/.exec(error.message)?.[1];
  const asked = argv.indexOf("help");
  if (error.code !== "commander.help" || asked < 0) return undefined;
  return argv.slice(asked + 1).find((word) => !word.startsWith("-") && !names.includes(word));
}

function usageMessage({ message }: CommanderError): string {
  const excess = /too many arguments for '(.*)'\. Expected (\d+) arguments? but got (\d+)/.exec(message);
  if (excess !== null) {
    const [, name, takes, got] = excess;
    const arguments_ = takes === "0" ? "no argument" : takes === "1" ? "1 argument" : `${takes} arguments`;
    return `Too many arguments: "${name}" takes ${arguments_}, and ${got} ${got === "1" ? "is" : "are"} given`;
  }
  const text = message.replace(/^error: /, "").replace(/\n?\(Did you mean .*\)/, "").trim()
    .replace(/^option '(.*)' argument missing$/, "option '$1' needs a value").replaceAll("'", '"');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function usageHint({ code, message }: CommanderError, command: CommandSpec | undefined): string {
  const suggestion = /\(Did you mean (.*)\?\)/.exec(message)?.[1];
  if (suggestion !== undefined) return `Did you mean ${suggestion}?`;
  const [example] = command?.examples ?? [];
  if (code === "commander.missingArgument" && example !== undefined) return `For example: limbeck ${example}`;
  return command === undefined ? SEE_HELP : `See limbeck ${command.name} --help`;
}
