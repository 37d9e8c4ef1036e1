/** How a text is set: by its language and by the way its lines run. */
export interface Setting {
  readonly cjk: boolean
  readonly vertical: boolean
  readonly language: string
}

const CJK = /^(?:zh|ja|ko|yue|lzh)\b/i

export function settingOf(language: string, vertical: boolean): Setting {
  return { cjk: CJK.test(language), vertical, language }
}

export function leadingFor(leading: number | 'auto', { cjk, vertical }: Setting): number {
  if (leading !== 'auto') return leading
  return vertical ? 2 : cjk ? 1.85 : 1.65
}

export function measureFor(measure: number | 'auto', { cjk }: Setting): number {
  return measure === 'auto' ? (cjk ? 34 : 33) : measure
}
