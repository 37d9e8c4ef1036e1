/** Latin, Greek and Cyrillic words end in letters; what is being typed may go on. Han words do not. */
const UNFINISHED =
  /(?:^|[\s(])[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}'’-]*[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]$/u

/** What is typed, with the last word as the beginning of a word (`philos` → `philos*`); phrases stay as they are. */
export function prefixQuery(typed: string): string {
  const text = typed.trim()
  const quotes = text.match(/["“”]/g)?.length ?? 0
  return quotes % 2 === 0 && UNFINISHED.test(text) ? `${text}*` : text
}
