/** The language of some words as far as their script tells: decides fonts, punctuation and slanting. */
export function scriptLanguage(text: string): 'zh' | 'en' | undefined {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  if (letters === 0 || /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return undefined
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0
  // A few Han characters say as much as many letters.
  if (han * 3 > latin) return 'zh'
  return latin / letters > 0.5 ? 'en' : undefined
}
