/** W3C TextQuoteSelector: the marked text with up to 32 characters on each side. */
export interface TextQuote {
  readonly exact: string
  readonly prefix?: string
  readonly suffix?: string
}

/**
 * How a passage was found again (QUO-4): `exact` where it was and as it was; `repaired` word for word at another place or in
 * other markup; `approximate` with changed words; `lost` not at all.
 */
export type AnchorStatus = 'exact' | 'repaired' | 'approximate' | 'lost'

/** Where a quote stands in the searched text. */
export interface FoundQuote {
  /** UTF-16 offsets in the searched text. */
  readonly start: number
  readonly end: number
  /** 0 to 1: 1 = the same words between the same neighbours. */
  readonly score: number
  readonly status: 'exact' | 'approximate'
}
