import { cluster as t } from '@stoa/ui/messages/cluster'
import { HEIGHT, type Point, trendShape, WIDTH } from './trend.ts'

interface TrendLineProps {
  readonly name: string
  readonly points: readonly Point[]
  readonly now: number
  /** A fixed scale, as for a share. */
  readonly top?: number
  /** What stands at the upper edge. */
  readonly label: (top: number) => string
}

/** Two hours of a figure. Where nothing was known the line is broken. */
export function TrendLine({ name, points, now, top, label }: TrendLineProps) {
  const shape = trendShape(points, now, top)
  return (
    <div className="trend" role="img" aria-label={t.trendOf({ name })}>
      <span className="num top">{label(shape.top)}</span>
      <span className="num ground">0</span>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <path className="grid" d={`M0 0H${WIDTH}M0 ${HEIGHT / 2}H${WIDTH}M0 ${HEIGHT}H${WIDTH}`} />
        <path className="area" d={shape.area} />
        <path className="line" d={shape.line} />
      </svg>
      <div className="axis num">
        <span>{t.hoursAgo({ count: 2 })}</span>
        <span>{t.hoursAgo({ count: 1 })}</span>
        <span>{t.now()}</span>
      </div>
    </div>
  )
}
