/**
 * Lets jiti load classes whose fields have decorators, as the entities of TypeORM and MikroORM are.
 *
 * jiti carries Babel's plugin for such decorators without the one for class fields that it counts on: `@Column() id!:
 * number` is refused as "initialized", and without the `!` the class cannot be instantiated. And what it says of types
 * (`design:type`) spoils members where nobody has loaded reflect-metadata.
 *
 * @module
 */

/** The part of Babel's syntax tree that is looked at. */
interface Field {
  definite?: boolean | null;
  declare?: boolean | null;
  readonly decorators?: readonly unknown[] | null;
  value?: Node | null;
}

interface Node {
  readonly type: string;
  readonly callee?: { readonly name?: string };
  readonly arguments?: readonly [descriptor: Node, self: Node];
}

interface Babel {
  readonly types: {
    identifier(name: string): Node;
    optionalMemberExpression(object: Node, property: Node, computed: boolean, optional: boolean): Node;
    optionalCallExpression(callee: Node, values: readonly Node[], optional: boolean): Node;
  };
}

interface Decorator {
  readonly expression: { readonly type: string; readonly right?: { body: Node } };
}

interface Program {
  traverse(visitor: {
    ClassProperty(field: { readonly node: Field }): void;
    Decorator(decorator: { readonly node: Decorator; readonly parent: Node }): void;
  }): void;
}

/** What Babel's decorators leave as a field's value, for the plugin that is not there to replace. */
const LEFT = "_initializerWarningHelper";

/** A Babel plugin, for jiti's `transformOptions`: makes of decorated fields what TypeScript would. */
export function decoratedFields({ types }: Babel): object {
  const optional = (object: Node, name: string): Node =>
    types.optionalMemberExpression(object, types.identifier(name), false, true);
  /** The author gave them no value: they are there for their decorators only. */
  const bare = new WeakSet<Field>();
  return {
    visitor: {
      // Before the decorators' plugin gives the fields values, which TypeScript's plugin then takes for the author's.
      Program: (program: Program): void =>
        program.traverse({
          ClassProperty: ({ node }) => {
            if (!node.decorators?.length) return;
            if (!node.value) bare.add(node);
            node.definite = null;
            node.declare = null;
          },
          // `Reflect.metadata?.(…) || ((t) => t)`: of a member this would make the prototype the descriptor.
          Decorator: ({ node: { expression }, parent }) => {
            const member = /Property$|Method$/.test(parent.type);
            if (member && expression.type === "LogicalExpression" && expression.right !== undefined) {
              expression.right.body = types.identifier("undefined");
            }
          },
        }),
      ClassProperty: (field: { readonly node: Field; remove(): void }): void => {
        const { callee, arguments: given } = field.node.value ?? {};
        if (given === undefined || !callee?.name?.startsWith(LEFT)) return;
        if (bare.has(field.node)) return field.remove();
        const [descriptor, self] = given;
        field.node.value = types.optionalCallExpression(
          optional(optional(descriptor, "initializer"), "call"),
          [self],
          false,
        );
      },
    },
  };
}
