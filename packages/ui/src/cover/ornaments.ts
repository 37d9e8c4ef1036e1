/** One drawn thing in the 200 × 300 box of a cover. Filled with the ornament colour unless `stroke` or `fill` says otherwise. */
export type Shape =
  | { kind: 'rect'; x: number; y: number; width: number; height: number; fill?: 'ground' }
  | { kind: 'circle'; cx: number; cy: number; r: number; stroke?: number }
  | { kind: 'path'; d: string; stroke?: number; opacity?: number; transform?: string }

/** Draws into the box from `top` (0–300) down; `h` is the title's hash. */
export type Ornament = (h: number, top: number) => Shape[]

const tenth = (n: number) => Math.round(n * 10) / 10
const range = (n: number) => Array.from({ length: n }, (_, i) => i)
const rect = (x: number, y: number, width: number, height: number, fill?: 'ground'): Shape => ({
  kind: 'rect',
  x: tenth(x),
  y: tenth(y),
  width: tenth(width),
  height: tenth(height),
  ...(fill && { fill }),
})

const colonnade: Ornament = (h, top) => {
  const n = 4 + (h % 4)
  const w = 168 / n
  return [
    rect(8, top, 184, 7),
    rect(14, top + 12, 172, 3),
    ...range(n).map((i) => rect(16 + i * w, top + 20, w * 0.52, 300)),
  ]
}

const arcade: Ornament = (h, top) => {
  const n = 2 + (h % 3)
  const w = 200 / n
  return range(n).flatMap((i) =>
    range(3).flatMap((k): Shape[] => {
      const r = w / 2 - 5 - (k * w) / 7
      if (r <= 3) return []
      const d = `M${tenth(i * w + w / 2 - r)} 310V${tenth(top + w / 2)}a${tenth(r)} ${tenth(r)} 0 0 1 ${tenth(2 * r)} 0V310`
      return [{ kind: 'path', d, stroke: 3.4 }]
    }),
  )
}

const sun: Ornament = (h, top) => {
  const cx = 60 + (h % 80)
  const r = 34 + (h % 22)
  const shapes: Shape[] = [{ kind: 'circle', cx, cy: top + r + 6, r }]
  for (let i = 0, y = top + r * 1.3 + 14; y < 300; i++, y += 7 + i * 2.2) {
    shapes.push(rect(0, y, 200, 3 + i * 0.7, y < top + 2 * r ? 'ground' : undefined))
  }
  return shapes
}

const hills: Ornament = (h, top) =>
  range(4).map((i) => {
    const b = top + 26 + (i * (300 - top)) / 4.6
    const a = 16 + ((h >> (i * 3)) % 20)
    const p = (h >> (i * 4)) % 70
    const d = `M0 ${tenth(b)}C${40 + p / 2} ${tenth(b - a)} ${70 + p / 2} ${tenth(b - a)} 110 ${tenth(b)}S${tenth(160 + p / 3)} ${tenth(b + a * 0.8)} 200 ${tenth(b - a / 2)}V300H0Z`
    return { kind: 'path', d, opacity: Math.round((0.34 + i * 0.2) * 100) / 100 }
  })

const QUARTERS = [
  'M0 0H40A40 40 0 0 1 0 40Z',
  'M40 0V40A40 40 0 0 1 0 0Z',
  'M40 40H0A40 40 0 0 1 40 0Z',
  'M0 40V0A40 40 0 0 1 40 40Z',
] as const

const tiles: Ornament = (h, top) => {
  const shapes: Shape[] = []
  let k = 0
  for (let y = Math.floor(top / 40) * 40 + 20; y < 300; y += 40) {
    for (let x = 0; x < 200; x += 40, k++) {
      const turn = ((h >> ((k * 3) % 29)) ^ (k * 5)) & 3
      shapes.push({ kind: 'path', d: QUARTERS[turn] ?? QUARTERS[0], transform: `translate(${x} ${y})` })
    }
  }
  return shapes
}

const rings: Ornament = (h, top) => {
  const cx = [40, 100, 160][h % 3] ?? 100
  const shapes: Shape[] = []
  for (let r = 12; r < 190; r += 13 + (h % 5)) shapes.push({ kind: 'circle', cx, cy: top + 95, r, stroke: 3 })
  return shapes
}

const flutes: Ornament = (h, top) => {
  const n = 9 + (h % 8)
  return range(n).map((i) => {
    const y = top + 62 * Math.abs(Math.sin((((i + (h % 7)) * Math.PI) / n) * 1.5))
    return rect((200 * i) / n, y, (200 / n) * 0.5, 300)
  })
}

const steps: Ornament = (h, top) => {
  const n = 5 + (h % 3)
  const fromLeft = (h & 8) !== 0
  return range(n).map((i) => {
    const w = 200 - (i * 200) / n
    return rect(fromLeft ? 0 : 200 - w, 300 - ((i + 1) * (300 - top)) / n, w, (300 - top) / n - 4)
  })
}

export const ORNAMENTS: readonly Ornament[] = [colonnade, arcade, sun, hills, tiles, rings, flutes, steps]
/** The rings alone would run over the title: they are clipped at their top. */
export const clipsAtTop = (ornament: Ornament): boolean => ornament === rings
