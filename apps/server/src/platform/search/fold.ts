/** Soft hyphens, joiners and byte order marks: books are full of them inside words, and nobody types them. */
const IGNORED = /\u00ad|\u200c|\u200d|\u2060|\ufeff/g
/** What PostgreSQL does not store in text. */
const UNSTORABLE = /\0/g

/** Text as it is cut: compatibility forms taken apart (NFKC, UAX #15), nothing invisible inside words, always storable. */
export function cleanText(text: string): string {
  return text.toWellFormed().replace(IGNORED, '').replace(UNSTORABLE, ' ').normalize('NFKC')
}

/** Latin and Greek letters beside ASCII, and the accents: only text with one of them has something to strip. */
const ACCENTED = /[\u00c0-\u03ff\u1e00-\u1fff]/

/** Letters that people type without what makes them special, but that do not decompose in Unicode. */
const PLAIN: Readonly<Record<string, string>> = {
  ...{
    ß: 'ss',
    æ: 'ae',
    œ: 'oe',
    þ: 'th',
    ø: 'o',
    đ: 'd',
    ð: 'd',
    ħ: 'h',
    ı: 'i',
    ł: 'l',
    ŋ: 'n',
    ŧ: 't',
    ς: 'σ',
  },
}

/**
 * Lower case, Latin and Greek letters without accents. Marks of other scripts stay, where they make another letter (й, が) or
 * are the vowel (हि). @param text as {@link cleanText} gives it
 */
export function fold(text: string): string {
  const lower = text.toLowerCase()
  if (!ACCENTED.test(lower)) return lower
  return lower
    .normalize('NFD')
    .replace(/([\p{sc=Latin}\p{sc=Greek}])[\u0300-\u036f]+/gu, '$1')
    .normalize('NFC')
    .replace(/[ßæœþøđðħıłŋŧς]/g, (letter) => PLAIN[letter] ?? letter)
}
