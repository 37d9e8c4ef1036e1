import type { Identifier } from '../types.ts'

/** Sorts a printed identifier into its scheme; `hint` is what the file says it is (`opf:scheme`, ONIX code). */
export function toIdentifier(text: string, hint = ''): Identifier | undefined {
  const value = text.trim().slice(0, 500)
  if (!value) return undefined
  const isbn = toIsbn13(value.replace(/^(urn:)?isbn(-1[03])?:?\s*/i, ''))
  if (isbn && (/isbn/i.test(`${hint} ${value}`) || /^(02|15)$/.test(hint) || /^97[89]/.test(value))) {
    return { scheme: 'isbn', value: isbn }
  }
  const uuid = /^(?:urn:uuid:|uuid:)?([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i.exec(value)?.[1]
  if (uuid) return { scheme: 'uuid', value: uuid.toLowerCase() }
  const doi = /^(?:doi:|https?:\/\/(?:dx\.)?doi\.org\/)?(10\.\d{4,9}\/\S+)$/i.exec(value)?.[1]
  if (doi) return { scheme: 'doi', value: doi }
  if (/asin|amazon/i.test(hint) || /^B0[\dA-Z]{8}$/.test(value)) return { scheme: 'asin', value }
  return { scheme: /^[a-z][a-z\d+.-]*:/i.test(value) ? 'uri' : 'other', value }
}

/** The 13 digits of an ISBN-10 or ISBN-13 whose check digit is right (ISO 2108); else undefined. */
export function toIsbn13(text: string): string | undefined {
  const digits = text.replace(/[\s\u2010-\u2015-]/g, '').toUpperCase()
  if (/^\d{13}$/.test(digits) && checkDigit13(digits) === digits[12]) return digits
  if (!/^\d{9}[\dX]$/.test(digits)) return undefined
  const sum = Array.from(digits).reduce(
    (total, digit, i) => total + (10 - i) * (digit === 'X' ? 10 : Number(digit)),
    0,
  )
  if (sum % 11 !== 0) return undefined
  const body = `978${digits.slice(0, 9)}`
  return body + checkDigit13(body)
}

function checkDigit13(digits: string): string {
  let sum = 0
  for (let i = 0; i < 12; i++) sum += Number(digits[i]) * (i % 2 === 0 ? 1 : 3)
  return String((10 - (sum % 10)) % 10)
}

/** One entry per scheme and value, in order. */
export function uniqueIdentifiers(all: readonly (Identifier | undefined)[]): Identifier[] {
  const seen = new Map<string, Identifier>()
  for (const identifier of all) {
    if (identifier)
      seen.set(
        `${identifier.scheme}:${identifier.value}`,
        seen.get(`${identifier.scheme}:${identifier.value}`) ?? identifier,
      )
  }
  return [...seen.values()]
}
