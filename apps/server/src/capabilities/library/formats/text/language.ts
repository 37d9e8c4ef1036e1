const scripts: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Cyrillic}/gu, 'ru'],
  [/\p{Script=Greek}/gu, 'el'],
  [/\p{Script=Arabic}/gu, 'ar'],
  [/\p{Script=Hebrew}/gu, 'he'],
  [/\p{Script=Thai}/gu, 'th'],
  [/\p{Script=Devanagari}/gu, 'hi'],
  [/\p{Script=Latin}/gu, 'en'],
]

/** The most likely language of `text` by its script alone; undefined without letters. Latin script counts as English. */
export function detectLanguage(text: string): string | undefined {
  const sample = text.slice(0, 20_000)
  const count = (pattern: RegExp) => sample.match(pattern)?.length ?? 0
  const han = count(/\p{Script=Han}/gu)
  const kana = count(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu)
  const hangul = count(/\p{Script=Hangul}/gu)
  const other = scripts.map(([pattern, language]) => ({ language, letters: count(pattern) }))
  const largest = other.reduce((best, each) => (each.letters > best.letters ? each : best))
  // A Han character says as much as two or three letters.
  if ((han + kana + hangul) * 2.5 > largest.letters) {
    if (kana > (han + kana) * 0.1) return 'ja'
    return hangul > han ? 'ko' : 'zh'
  }
  return largest.letters > 0 ? largest.language : undefined
}

/**
 * The primary language of a passage: what the text is marked as, unless its script says otherwise (a Chinese
 * quotation in an English book).
 */
export function passageLanguage(text: string, marked: string | undefined): string {
  const script = detectLanguage(text.slice(0, 1000))
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
