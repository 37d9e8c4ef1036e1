/** The language of a passage as far as its script tells: decides fonts and punctuation. */
export function scriptLanguage(text: string): 'zh' | undefined {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  return letters > 0 && han / letters > 0.5 && !/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)
    ? 'zh'
    : undefined
}
