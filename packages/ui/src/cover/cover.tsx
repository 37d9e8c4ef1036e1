import type { CSSProperties } from 'react'
import { memo, useMemo, useState } from 'react'
import { CoverWords } from './cover-words.tsx'
import { type CoverDesign, coverDesign } from './design.ts'
import type { Shape } from './ornaments.ts'

export interface CoverProps {
  title: string
  author?: string | undefined
  /** The book's own cover. While it loads, and if it fails, the drawn one is shown. */
  src?: string | undefined
  className?: string
  /** Set when the title is written beside the cover anyway, so that it is not read twice. */
  decorative?: boolean
}

/** A book's cover as wide as its container (2:3): its own picture, else a drawn one. */
export const Cover = memo(function Cover({ title, author = '', src, className, decorative }: CoverProps) {
  const design = useMemo(() => coverDesign(title, author), [title, author])
  const [failed, setFailed] = useState<string>()
  const [loaded, setLoaded] = useState<string>()
  const picture = src !== undefined && src !== failed ? src : undefined
  const named = decorative ? { 'aria-hidden': true } : { role: 'img', 'aria-label': title }
  return (
    <span
      className={className ? `cover ${className}` : 'cover'}
      lang={design.language}
      style={colours(design)}
      {...named}
    >
      {picture !== undefined && picture === loaded ? null : <Drawing design={design} />}
      {picture === undefined ? null : (
        <img
          src={picture}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          onLoad={() => setLoaded(picture)}
          onError={() => setFailed(picture)}
        />
      )}
    </span>
  )
})

function colours({ cloth }: CoverDesign): CSSProperties {
  const vars: Record<`--${string}`, string> = {
    '--g': cloth.ground,
    '--k': cloth.ink,
    '--o': cloth.ornament,
    '--p': cloth.slip,
    '--pk': cloth.slipInk,
  }
  return vars
}

function Drawing({ design }: { design: CoverDesign }) {
  const { cloth, window: view } = design
  const shapes = design.shapes.map((shape) => <Drawn key={JSON.stringify(shape)} shape={shape} />)
  return (
    <>
      <svg
        viewBox="0 0 200 300"
        preserveAspectRatio="none"
        fill={cloth.ornament}
        stroke={cloth.ornament}
        strokeWidth="0"
        aria-hidden="true"
      >
        {view === undefined ? (
          shapes
        ) : (
          <svg
            y={view.y}
            width="200"
            height={view.height}
            viewBox={`0 ${view.viewTop} 200 ${view.height}`}
            aria-hidden="true"
          >
            {shapes}
          </svg>
        )}
      </svg>
      <CoverWords design={design} />
    </>
  )
}

function Drawn({ shape }: { shape: Shape }) {
  switch (shape.kind) {
    case 'rect':
      return (
        <rect
          x={shape.x}
          y={shape.y}
          width={shape.width}
          height={shape.height}
          fill={shape.fill && 'var(--g)'}
        />
      )
    case 'circle':
      return (
        <circle
          cx={shape.cx}
          cy={shape.cy}
          r={shape.r}
          fill={shape.stroke ? 'none' : undefined}
          strokeWidth={shape.stroke}
        />
      )
    case 'path':
      return (
        <path
          d={shape.d}
          fill={shape.stroke ? 'none' : undefined}
          strokeWidth={shape.stroke}
          opacity={shape.opacity}
          transform={shape.transform}
        />
      )
  }
}
