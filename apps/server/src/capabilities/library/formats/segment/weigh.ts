/** How much a text says, as words: one per word; characters in scripts without spaces count by themselves. */
export interface Weight {
  /** Words and characters of Han, Kana and Thai. */
  words: number
  /** In the measure that passages are cut by: 100 units are 100 English words or about 165 Han characters. */
  units: number
}

const characterUnits = 0.6

export function weigh(text: string, start = 0, end = text.length): Weight {
  let words = 0
  let characters = 0
  let inWord = false
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i)
    if (isUnspaced(unit)) {
      characters++
      inWord = false
    } else if (!isLetterLike(unit)) inWord = inWord && isInsideWord(unit)
    else if (!inWord) {
      words++
      inWord = true
    }
  }
  return { words: words + characters, units: words + characters * characterUnits }
}

/** Han, Kana, Thai, and the first half of the characters beyond the basic plane that are Han. */
export function isUnspaced(unit: number): boolean {
  return (
    (unit >= 0x4e00 && unit <= 0x9fff) ||
    (unit >= 0x3040 && unit <= 0x30ff) ||
    (unit >= 0x3400 && unit <= 0x4dbf) ||
    (unit >= 0xf900 && unit <= 0xfaff) ||
    (unit >= 0x0e00 && unit <= 0x0e7f) ||
    (unit >= 0xd840 && unit <= 0xd888)
  )
}

function isLetterLike(unit: number): boolean {
  if (unit < 0x80) return (unit | 0x20) >= 0x61 ? (unit | 0x20) <= 0x7a : unit >= 0x30 && unit <= 0x39
  return !(
    unit === 0xa0 ||
    (unit >= 0x2000 && unit <= 0x206f) ||
    (unit >= 0x3000 && unit <= 0x303f) ||
    unit >= 0xff00
  )
}

/** Apostrophes and hyphens do not end a word. */
function isInsideWord(unit: number): boolean {
  return unit === 0x27 || unit === 0x2d || unit === 0x2019
}
