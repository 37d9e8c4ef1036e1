/** First and last UTF-16 units of scripts, in order, and the language each speaks for by itself. */
const scripts: readonly (readonly [first: number, last: number, language: string])[] = [
  [0x41, 0x7a, 'en'],
  [0xc0, 0x24f, 'en'],
  [0x370, 0x3ff, 'el'],
  [0x400, 0x52f, 'ru'],
  [0x590, 0x5ff, 'he'],
  [0x600, 0x6ff, 'ar'],
  [0x900, 0x97f, 'hi'],
  [0xe00, 0xe7f, 'th'],
  [0x1100, 0x11ff, 'ko'],
  [0x1e00, 0x1eff, 'en'],
  [0x3040, 0x30ff, 'ja'],
  [0x3400, 0x4dbf, 'zh'],
  [0x4e00, 0x9fff, 'zh'],
  [0xac00, 0xd7af, 'ko'],
  // High surrogates of the Han planes.
  [0xd840, 0xd888, 'zh'],
  [0xf900, 0xfaff, 'zh'],
]

/** The most likely language of `text` by its script alone; undefined without letters. Latin script counts as English. */
export function detectLanguage(text: string): string | undefined {
  const letters = countLetters(text.slice(0, 20_000))
  const han = letters.get('zh') ?? 0
  const kana = letters.get('ja') ?? 0
  const hangul = letters.get('ko') ?? 0
  let largest: string | undefined
  for (const [language, count] of letters) {
    if (!/^(zh|ja|ko)$/.test(language) && count > (letters.get(largest ?? '') ?? 0)) largest = language
  }
  // A Han character says as much as two or three letters.
  if ((han + kana + hangul) * 2.5 > (letters.get(largest ?? '') ?? 0)) {
    if (kana > (han + kana) * 0.1) return 'ja'
    return hangul > han ? 'ko' : 'zh'
  }
  return largest
}

function countLetters(text: string): Map<string, number> {
  const counts = new Array<number>(scripts.length).fill(0)
  let at = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x41) continue
    // Neighbours mostly share a script: look where the last one was found first.
    if (unit < (scripts[at]?.[0] ?? 0) || unit > (scripts[at]?.[1] ?? 0)) {
      const found = scripts.findIndex(([first, last]) => unit >= first && unit <= last)
      if (found < 0) continue
      at = found
    }
    counts[at] = (counts[at] ?? 0) + 1
  }
  const letters = new Map<string, number>()
  for (const [i, [, , language]] of scripts.entries()) {
    const count = counts[i] ?? 0
    if (count > 0) letters.set(language, (letters.get(language) ?? 0) + count)
  }
  return letters
}

/**
 * The primary language of a passage: what the text is marked as, unless its script says otherwise (a Chinese
 * quotation in an English book).
 */
export function passageLanguage(text: string, marked: string | undefined): string {
  const script = detectLanguage(text.slice(0, 400))
  const primary = marked?.split('-')[0]?.toLowerCase()
  if (!script) return primary ?? 'en'
  if (!primary) return script
  return writesAlike(primary, script) ? primary : script
}

const families: readonly ReadonlySet<string>[] = [
  new Set(['zh', 'ja', 'ko', 'yue', 'wuu', 'nan', 'lzh', 'hak', 'cmn']),
  new Set(['ru', 'uk', 'be', 'bg', 'sr', 'mk', 'kk', 'mn', 'ky', 'tg']),
  new Set(['el', 'grc']),
  new Set(['ar', 'fa', 'ur', 'ug', 'ps']),
  new Set(['he', 'yi']),
  new Set(['th']),
  new Set(['hi', 'mr', 'ne', 'sa']),
]

function writesAlike(a: string, b: string): boolean {
  const family = (language: string) => families.findIndex((each) => each.has(language))
  return family(a) === family(b)
}
