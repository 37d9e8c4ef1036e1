import ts from 'typescript'

export interface FunctionSize {
  name: string
  line: number
  lines: number
}

export interface FileSize {
  path: string
  lines: number
  functions: readonly FunctionSize[]
  /** `any` types and comments that silence a checker. */
  escapes: number
}

const SUPPRESSION = /@ts-(ignore|expect-error|nocheck)|biome-ignore|oxlint-disable|eslint-disable|v8 ignore/

/** Sizes of one source file. A function's size is its lines from signature to closing brace, nested ones included. */
export function measureFile(path: string, text: string): FileSize {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const functions: FunctionSize[] = []
  let escapes = 0
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) escapes++
    if (isFunction(node)) functions.push(sizeOf(node, source))
    ts.forEachChild(node, visit)
  }
  visit(source)
  const lines = text.split('\n')
  for (const line of lines) if (SUPPRESSION.test(line)) escapes++
  return { path, lines: text.endsWith('\n') ? lines.length - 1 : lines.length, functions, escapes }
}

type WithBody = ts.FunctionLikeDeclaration & { body: ts.Node }

function isFunction(node: ts.Node): node is WithBody {
  return ts.isFunctionLike(node) && 'body' in node && node.body !== undefined
}

function sizeOf(node: WithBody, source: ts.SourceFile): FunctionSize {
  const first = source.getLineAndCharacterOfPosition(node.getStart(source)).line
  const last = source.getLineAndCharacterOfPosition(node.end).line
  return { name: nameOf(node), line: first + 1, lines: last - first + 1 }
}

function nameOf(node: WithBody): string {
  const named = node.name ?? (ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined)
  return named?.getText() ?? 'a function without a name'
}
