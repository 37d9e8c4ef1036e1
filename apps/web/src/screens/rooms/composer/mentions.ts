import type { Person } from '../../../data/rooms.ts'

/** Somebody named in what is being written; `everyone` has no account. */
export interface Named {
  readonly name: string
  readonly target: string
}

export const EVERYONE = 'everyone'

/** What is being completed: an `@` at the beginning of a word, and what was typed after it. */
export interface MentionQuery {
  readonly from: number
  readonly query: string
}

/** Longest name that is looked for while one types. */
const LONGEST = 40

export function mentionAt(text: string, caret: number): MentionQuery | undefined {
  const before = text.slice(Math.max(0, caret - LONGEST), caret)
  const match =
    /(?:^|[\s(（“‘，。、：；！？])@([^\s@]*)$/u.exec(before) ?? /\p{Script=Han}@([^\s@]*)$/u.exec(before)
  if (!match) return undefined
  const query = match[1] ?? ''
  return { from: caret - query.length - 1, query }
}

/** Who fits what was typed: names that begin so before those that hold it. */
export function suggest(people: readonly Person[], query: string, most = 8): Person[] {
  const wanted = query.toLowerCase()
  const score = ({ display_name }: Person): number => {
    const name = display_name.toLowerCase()
    if (name.startsWith(wanted)) return 0
    return name.split(/\s+/).some((word) => word.startsWith(wanted)) ? 1 : name.includes(wanted) ? 2 : 3
  }
  return people
    .filter((person) => score(person) < 3)
    .sort((a, b) => score(a) - score(b) || a.display_name.localeCompare(b.display_name))
    .slice(0, most)
}

/** What is written, with the names as links that the server reads. Longer names first: `@Ann Lee` is not `@Ann`. */
export function withLinks(text: string, named: readonly Named[]): string {
  const known = [...new Map(named.map((one) => [one.name, one])).values()].sort(
    (a, b) => b.name.length - a.name.length,
  )
  if (known.length === 0) return text
  // Han names have no space after them; after others a letter would make it another name.
  const end = (name: string) => (/\p{Script=Han}$/u.test(name) ? '' : '(?![\\p{L}\\p{N}])')
  const pattern = known.map(({ name }) => `${escaped(name)}${end(name)}`).join('|')
  const link = (whole: string, name: string) => {
    const one = known.find((each) => each.name === name)
    return one ? `[@${name.replace(/[[\]\\]/g, '\\$&')}](${urlOf(one.target)})` : whole
  }
  return text.replace(new RegExp(`@(${pattern})`, 'gu'), link)
}

const LINK = /\[@((?:[^\]\\]|\\.)*)\]\(stoa:(?:account\/([0-9a-f-]{36})|everyone)\)/gi

/** A stored message as one edits it: names without their links, and who they are. */
export function withoutLinks(body: string): { readonly text: string; readonly named: readonly Named[] } {
  const named: Named[] = []
  const text = body.replace(LINK, (_, written: string, account: string | undefined) => {
    const name = written.replace(/\\(.)/g, '$1')
    named.push({ name, target: account ?? EVERYONE })
    return `@${name}`
  })
  return { text, named }
}

const urlOf = (target: string): string => (target === EVERYONE ? 'stoa:everyone' : `stoa:account/${target}`)
const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
