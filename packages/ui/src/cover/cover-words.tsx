import type { CSSProperties } from 'react'
import type { CoverDesign, CoverLayout } from './design.ts'

const q = (n: number) => `${n}cqw`
const inFlow: CSSProperties = { position: 'static', display: 'block' }

/** Title and author of a drawn cover, set as its layout says. */
export function CoverWords({ design }: { design: CoverDesign }) {
  const { layout } = design
  switch (layout.kind) {
    case 'words':
      return <Words design={design} layout={layout} />
    case 'plate':
      return <Plate design={design} layout={layout} />
    case 'han-plate':
      return <HanPlate design={design} layout={layout} />
    case 'han-slip':
      return <HanSlip design={design} layout={layout} />
    case 'han-vertical':
      return <HanVertical design={design} layout={layout} />
  }
}

interface Part<Kind extends CoverLayout['kind']> {
  design: CoverDesign
  layout: Extract<CoverLayout, { kind: Kind }>
}

function Words({ design, layout }: Part<'words'>) {
  const inset = layout.at === 'head' ? '11cqw 9cqw auto 11cqw' : 'auto 9cqw 11cqw 11cqw'
  return (
    <span style={{ position: 'absolute', inset }}>
      <span className="t" style={{ ...inFlow, fontSize: q(layout.titleSize) }}>
        {design.title}
      </span>
      <span
        className="a"
        lang={design.authorLanguage}
        style={{ ...inFlow, marginTop: q(4.5), fontSize: q(layout.authorSize) }}
      >
        {design.author}
      </span>
    </span>
  )
}

function Plate({ design, layout }: Part<'plate'>) {
  const rule = {
    display: 'block',
    width: q(12),
    height: q(0.7),
    background: 'var(--o)',
    margin: '5cqw auto 4.4cqw',
  }
  return (
    <span
      className="slip"
      style={{ inset: '20cqw 11cqw auto', padding: '9cqw 6cqw 8cqw', textAlign: 'center' }}
    >
      <span className="t" style={{ ...inFlow, fontSize: q(layout.titleSize) }}>
        {design.title}
      </span>
      {design.author && <span style={rule} />}
      <span className="a" lang={design.authorLanguage} style={{ ...inFlow, fontSize: q(layout.authorSize) }}>
        {design.author}
      </span>
    </span>
  )
}

function HanPlate({ design, layout }: Part<'han-plate'>) {
  return (
    <span className="slip" style={{ inset: '9cqw 9cqw auto', padding: '8cqw 8cqw 7cqw' }}>
      <span className="t" lang="zh" style={{ ...inFlow, fontSize: q(layout.titleSize), lineHeight: 1.42 }}>
        {design.title}
      </span>
      <span className="a" lang="zh" style={{ ...inFlow, marginTop: q(5), fontSize: q(6.4) }}>
        {design.author}
      </span>
    </span>
  )
}

function HanSlip({ design, layout }: Part<'han-slip'>) {
  const slip: CSSProperties = {
    left: q(10),
    top: q(10),
    padding: `6cqw ${q(layout.padding)}`,
    writingMode: 'vertical-rl',
    maxHeight: q(124),
  }
  const title: CSSProperties = {
    ...inFlow,
    fontSize: q(layout.titleSize),
    letterSpacing: `${layout.spacing}em`,
    lineHeight: 1.24,
    ...(layout.columnHeight !== undefined && { maxHeight: q(layout.columnHeight) }),
  }
  return (
    <>
      <span className="slip" style={slip}>
        <span className="t" lang="zh" style={title}>
          {design.title}
        </span>
      </span>
      {design.author && (
        <span
          className="slip"
          style={{ right: 0, bottom: q(12), padding: '2.2cqw 5cqw 2.4cqw 4.5cqw', boxShadow: 'none' }}
        >
          <span className="a" lang="zh" style={{ ...inFlow, fontSize: q(6.8) }}>
            {design.author}
          </span>
        </span>
      )}
    </>
  )
}

function HanVertical({ design, layout }: Part<'han-vertical'>) {
  const title: CSSProperties = {
    right: q(11),
    top: q(11),
    writingMode: 'vertical-rl',
    fontSize: q(layout.titleSize),
    maxHeight: q(layout.columnHeight),
    letterSpacing: '.06em',
  }
  const author: CSSProperties = {
    left: q(11),
    top: q(12.5),
    fontSize: q(7.2),
    ...(layout.authorVertical && { writingMode: 'vertical-rl', letterSpacing: '.12em' }),
  }
  return (
    <>
      <span className="t" lang="zh" style={title}>
        {design.title}
      </span>
      <span className="a" lang={design.authorLanguage} style={author}>
        {design.author}
      </span>
    </>
  )
}
