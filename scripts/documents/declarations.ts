// Reads types and their JSDoc comments from TypeScript sources. Syntax only: nothing is type-checked.
import { readFile } from 'node:fs/promises';
import ts from 'typescript';

/** One member of an interface, a class or an object type. */
export interface Member {
  name: string;
  type: string;
  optional: boolean;
  description: string;
}

/** One alternative of a union type. */
export interface Alternative {
  /** The text of a string literal; empty for an object type. */
  literal: string;
  /** The members of an object type. */
  members: Member[];
  description: string;
}

/** The declarations of several source files, found by name. */
export class Declarations {
  readonly #sources: readonly ts.SourceFile[];

  /** @param texts source texts by path; if two files declare the same name, the first one counts */
  constructor(texts: Readonly<Record<string, string>>) {
    this.#sources = Object.entries(texts).map(([path, text]) =>
      ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true),
    );
  }

  static async read(paths: readonly string[]): Promise<Declarations> {
    const texts = await Promise.all(paths.map(async (path) => [path, await readFile(path, 'utf8')] as const));
    return new Declarations(Object.fromEntries(texts));
  }

  /** Returns the alternatives of a union type in source order. References to other unions are expanded. */
  union(name: string): Alternative[] {
    const { type } = this.#find(ts.isTypeAliasDeclaration, name);
    if (!ts.isUnionTypeNode(type)) throw new Error(`${name} is not a union type.`);
    const starts = [type.pos, ...type.types.map(({ end }) => end)];
    return type.types.flatMap((alternative, index): Alternative[] => {
      if (ts.isTypeReferenceNode(alternative)) return this.union(alternative.typeName.getText());
      // The comment precedes the `|`, which is not part of the alternative's own node.
      const preceding = type.getSourceFile().text.slice(starts[index], alternative.getStart());
      const isText = ts.isLiteralTypeNode(alternative) && ts.isStringLiteral(alternative.literal);
      return [
        {
          literal: isText ? alternative.literal.text : '',
          members: ts.isTypeLiteralNode(alternative) ? membersOf(alternative.members) : [],
          description: lastComment(preceding),
        },
      ];
    });
  }

  /** Returns the names of the exported interfaces of a file in source order. */
  interfaceNames(path: string): string[] {
    const source = this.#sources.find(({ fileName }) => fileName === path);
    if (!source) throw new Error(`${path} is not among the sources.`);
    return source.statements
      .filter(ts.isInterfaceDeclaration)
      .filter(({ modifiers }) => modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
      .map(({ name }) => name.text);
  }

  /** Returns the names of the interfaces that an interface extends, with their type arguments. */
  parents(interfaceName: string): string[] {
    const { heritageClauses = [] } = this.#find(ts.isInterfaceDeclaration, interfaceName);
    return heritageClauses.flatMap(({ types }) => types.map((type) => type.getText()));
  }

  /** Returns the members of an interface, without inherited ones. */
  interfaceMembers(name: string): Member[] {
    return membersOf(this.#find(ts.isInterfaceDeclaration, name).members);
  }

  /** Returns the public members of a class, without its constructor and inherited ones. */
  classMembers(name: string): Member[] {
    return membersOf(this.#find(ts.isClassDeclaration, name).members.filter(isPublic));
  }

  #find<Node extends ts.Statement & { name?: ts.Identifier }>(
    isKind: (node: ts.Node) => node is Node,
    name: string,
  ): Node {
    for (const { statements } of this.#sources) {
      const found = statements.filter(isKind).find((node) => node.name?.text === name);
      if (found) return found;
    }
    throw new Error(`None of the sources declares ${name}.`);
  }
}

function membersOf(nodes: readonly (ts.TypeElement | ts.ClassElement)[]): Member[] {
  return nodes.filter(isNamed).map((node) => {
    const optional = 'questionToken' in node && node.questionToken !== undefined;
    const isMethod = ts.isMethodDeclaration(node) || ts.isMethodSignature(node);
    return {
      name: isMethod ? signature(node) : node.name.getText(),
      type: optional ? withoutUndefined(typeOf(node)) : typeOf(node),
      optional,
      description: lastComment(node.getSourceFile().text.slice(node.pos, node.getStart())),
    };
  });
}

/** An optional member may be undefined anyway. A function type loses the parentheses that the union required. */
function withoutUndefined(type: string): string {
  const shortened = type.replace(/\s*\|\s*undefined$/, '');
  return shortened === type ? type : shortened.replace(/^\((\(.*\) => .*)\)$/s, '$1');
}

type Named = (ts.TypeElement | ts.ClassElement) & { name: ts.PropertyName };

function isNamed(node: ts.TypeElement | ts.ClassElement): node is Named {
  return node.name !== undefined && !ts.isSetAccessor(node);
}

function isPublic(node: ts.ClassElement): boolean {
  if (!node.name || ts.isPrivateIdentifier(node.name)) return false;
  const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
  return !modifiers.some(({ kind }) =>
    [ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword, ts.SyntaxKind.StaticKeyword].includes(
      kind,
    ),
  );
}

function signature(node: ts.MethodDeclaration | ts.MethodSignature): string {
  const parameters = node.parameters.map((parameter) => {
    const optional = parameter.questionToken ?? parameter.initializer;
    return `${parameter.name.getText()}${optional ? '?' : ''}: ${parameter.type?.getText() ?? 'unknown'}`;
  });
  return `${node.name.getText()}(${parameters.join(', ')})`;
}

function typeOf(node: ts.TypeElement | ts.ClassElement): string {
  if (ts.isPropertyDeclaration(node) && !node.type && node.initializer) {
    return ts.isStringLiteral(node.initializer) ? 'string' : '';
  }
  return 'type' in node ? ((node.type as ts.TypeNode | undefined)?.getText() ?? '') : '';
}

/** Returns the description of the last JSDoc comment, without its tags. */
function lastComment(text: string): string {
  const comment = [...text.matchAll(/\/\*\*(.*?)\*\//gs)].at(-1)?.[1] ?? '';
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\*? ?/, ''));
  const [description = ''] = lines.join('\n').split(/(?:^|\s)@\w/);
  return description
    .replace(/\{@link (\S+?)\}/g, '`$1`')
    .replace(/\s+/g, ' ')
    .trim();
}
