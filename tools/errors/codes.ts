import ts from 'typescript'

export interface ErrorCode {
  code: string
  /** Where it is declared or raised, below the checkout. */
  file: string
  /** What it means: the comment or message beside it. */
  meaning?: string
  /** The HTTP status it is answered with. */
  status?: number
}

const CODE = /^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$/
const RAISERS = /(Error|Problem|NotFound|Conflict)$|^(super|problem|versionConflict)$/

/**
 * Finds error codes in one source file: members of a `…Code` union (meaning: the comment above), string arguments of
 * what raises errors (meaning: the message after the code, status: the number before it), and tables of code → HTTP status.
 */
export function errorCodesIn(file: string, text: string): readonly ErrorCode[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const found: ErrorCode[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isTypeAliasDeclaration(node) && node.name.text.endsWith('Code'))
      found.push(...unionMembers(node, file))
    else if (ts.isCallExpression(node) || ts.isNewExpression(node)) found.push(...raised(node, file))
    else if (ts.isPropertyAssignment(node)) found.push(...tabled(node, file))
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function unionMembers(alias: ts.TypeAliasDeclaration, file: string): ErrorCode[] {
  const members = ts.isUnionTypeNode(alias.type) ? [...alias.type.types] : [alias.type]
  const text = alias.getSourceFile().text
  return members.flatMap((member, i) => {
    if (!ts.isLiteralTypeNode(member) || !ts.isStringLiteral(member.literal)) return []
    const code = member.literal.text
    const before = text.slice(members[i - 1]?.end ?? alias.type.pos, member.getStart())
    return CODE.test(code) ? [{ code, file, ...optional('meaning', lastComment(before)) }] : []
  })
}

function raised(call: ts.CallExpression | ts.NewExpression, file: string): ErrorCode[] {
  const name = ts.isPropertyAccessExpression(call.expression) ? call.expression.name : call.expression
  const callee = name.getText()
  const args = [...(call.arguments ?? [])]
  if (callee === 'notFound' && args[0] && ts.isStringLiteral(args[0])) {
    const what = args[0].text
    return [
      {
        code: `${what}.not_found`,
        file,
        meaning: `There is no such ${what.replaceAll('_', ' ')}.`,
        status: 404,
      },
    ]
  }
  if (!RAISERS.test(callee)) return []
  const at = args.findIndex((arg) => ts.isStringLiteral(arg) && CODE.test(arg.text))
  const code = args[at]
  if (!code || !ts.isStringLiteral(code)) return []
  const [before, after] = [args[at - 1], args[at + 1]]
  return [
    {
      code: code.text,
      file,
      ...optional('meaning', after && messageOf(after)),
      ...optional('status', before && ts.isNumericLiteral(before) ? Number(before.text) : undefined),
    },
  ]
}

/** What is said each time, `…` where it differs. A message that begins with what differs says too little. */
function messageOf(node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text
  if (!ts.isTemplateExpression(node) || node.head.text === '') return undefined
  return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('')
}

/** Other tables have such keys too: settings of gRPC, what a fault weighs. */
function tabled({ name, initializer }: ts.PropertyAssignment, file: string): ErrorCode[] {
  if (!ts.isStringLiteral(name) || !CODE.test(name.text) || !ts.isNumericLiteral(initializer)) return []
  const status = Number(initializer.text)
  return status >= 400 && status < 600 ? [{ code: name.text, file, status }] : []
}

function lastComment(text: string): string | undefined {
  const [body] = [...text.matchAll(/\/\*\*?(.*?)\*\/|\/\/(.*)/gs)]
    .slice(-1)
    .map((match) => match[1] ?? match[2])
  return body?.replace(/\s*\n\s*\*?\s*/g, ' ').trim()
}

function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>)
}

/** One entry for each code: the first meaning (whole ones before those with gaps) and status that any place gives, and every place. */
export function mergeCodes(all: readonly ErrorCode[]): readonly (ErrorCode & { files: readonly string[] })[] {
  const groups = Map.groupBy(all, ({ code }) => code)
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, places]) => {
      const files = [...new Set(places.map(({ file }) => file))].sort()
      const meanings = places.flatMap(({ meaning }) => meaning ?? [])
      const meaning = meanings.find((one) => !one.includes('…')) ?? meanings[0]
      const status = places.find((place) => place.status !== undefined)?.status
      return {
        code,
        file: files[0] ?? '',
        files,
        ...optional('meaning', meaning),
        ...optional('status', status),
      }
    })
}
