/** A line that begins a part (0) or a chapter (1). */
export interface TextHeading {
  line: number
  title: string
  level: 0 | 1
}

const numeral = '[零〇一二两三四五六七八九十百千万\\d０-９]{1,9}'
const chineseUnit = new RegExp(
  `^(?:正文[\\s\u3000]*)?第[\\s\u3000]*${numeral}[\\s\u3000]*([章回节節卷部篇集话話折幕])(?:$|[^，。！？；]{0,34}$)`,
)
const chineseVolume = new RegExp(`^卷[\\s\u3000]*${numeral}(?:$|[\\s\u3000].{0,30}$)`)
const chineseNamed =
  /^(?:序章?|序言|自序|前言|楔子|引子|尾声|尾聲|后记|後記|终章|終章|结语|附录|附錄|番外)(?:$|[\s\u3000:：].{0,30}$)/
const englishUnit =
  /^(chapter|part|book|volume|section|act|scene|canto|letter|stave)\s+(?:[ivxlcdm]{1,8}|\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|the\s+\w+)\b(?:[.:\u2014\u2013 -].{0,70})?$/i
const englishNamed =
  /^(?:prologue|epilogue|preface|introduction|foreword|afterword|conclusion|appendix|dedication)[.:]?$/i
const upperUnits = /^(?:part|book|volume|act)$/i

/** The headings of a plain text by their wording; lists of chapters without text between them do not count. */
export function findHeadings(lines: readonly string[]): TextHeading[] {
  const found = lines.flatMap((line, at): TextHeading[] => {
    if (line.length > 120) return []
    const title = line.replace(/[\s\u3000]+/g, ' ').trim()
    const level = title.length > 0 && title.length <= 80 ? levelOf(title, lines, at) : undefined
    return level === undefined ? [] : [{ line: at, title, level }]
  })
  const real = runsOf(found, lines).flatMap(realHeadings)
  return real.length > 0 && real.every(({ level }) => level === 1)
    ? real.map((heading) => ({ ...heading, level: 0 }))
    : real
}

function levelOf(title: string, lines: readonly string[], at: number): 0 | 1 | undefined {
  const chinese = chineseUnit.exec(title)?.[1]
  if (chinese) return /[卷部篇集]/.test(chinese) ? 0 : 1
  if (chineseVolume.test(title)) return 0
  if (chineseNamed.test(title)) return 1
  // In a text broken into lines only one that stands alone, or in a list of such, is a heading.
  const before = (lines[at - 1] ?? '').trim()
  const alone = before === '' || englishUnit.test(before.slice(0, 120))
  const english = alone ? englishUnit.exec(title)?.[1] : undefined
  if (english) return upperUnits.test(english) ? 0 : 1
  return alone && englishNamed.test(title) ? 1 : undefined
}

/** The headings in groups that have nothing but empty lines between them. */
function runsOf(found: readonly TextHeading[], lines: readonly string[]): TextHeading[][] {
  const runs: TextHeading[][] = []
  for (const heading of found) {
    const run = runs.at(-1)
    const before = run?.at(-1)
    const adjacent = before && lines.slice(before.line + 1, heading.line).every((line) => line.trim() === '')
    if (run && adjacent) run.push(heading)
    else runs.push([heading])
  }
  return runs
}

/** Three or more in a row are a table of contents; its last line begins a chapter only if the list holds that title already. */
function realHeadings(run: TextHeading[]): TextHeading[] {
  if (run.length < 3) return run
  const last = run.at(-1)
  return last && run.slice(0, -1).some(({ title }) => title === last.title) ? [last] : []
}
