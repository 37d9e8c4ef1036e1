/** How covers fill a width: at least 140 px wide with 28 px between, three in a row on a phone. Pixels. */
export interface GridShape {
  readonly columns: number
  readonly gap: number
  readonly rowHeight: number
}

const LEAST = 140
const PHONE = 480
/** Progress, two lines of title, author, and the space to the next row. */
const TEXT = 112
const TEXT_ON_PHONE = 94

export function gridShape(width: number): GridShape {
  const phone = width < PHONE
  const gap = phone ? 16 : 28
  const columns = phone ? 3 : Math.max(1, Math.floor((width + gap) / (LEAST + gap)))
  const cover = (width - gap * (columns - 1)) / columns
  return { columns, gap, rowHeight: Math.ceil(cover * 1.5 + (phone ? TEXT_ON_PHONE : TEXT)) }
}
