import { Segmented, Switch } from '@stoa/ui'
import { reader as t } from '@stoa/ui/messages/reader'
import { type ReadingSettings, USUAL_READING } from '../../../data/reading-settings.ts'
import { useReader } from '../reader-store.ts'
import { scriptOf } from '../time/time-left.ts'
import { FlowRow, Row, Steps } from './look-rows.tsx'
import { MARGINS, marginOf } from './style.ts'

interface TextLookProps {
  readonly settings: ReadingSettings
  readonly change: (change: Partial<Omit<ReadingSettings, 'version'>>) => void
}

/** How the text of a book that can flow is set. */
export function TextLook({ settings, change }: TextLookProps) {
  const { view, book } = useReader()
  const han = scriptOf(book.language ?? view.metadata.languages[0]) === 'han'
  if (view.fixedLayout) return <p className="muted">{t.fixedLook()}</p>
  return (
    <>
      <FlowRow value={settings.flow} onChange={(flow) => change({ flow })} />
      <Row label={t.face()}>
        <Segmented
          label={t.face()}
          value={settings.font}
          onChange={(font) => change({ font })}
          options={[
            { value: 'serif', label: t.faceSerif() },
            { value: 'sans', label: t.faceSans() },
            { value: 'publisher', label: t.faceBook() },
          ]}
        />
      </Row>
      <Measures settings={settings} change={change} vertical={view.vertical} />
      <Row label={t.margins()}>
        <Segmented
          label={t.margins()}
          value={String(marginOf(settings.margin))}
          onChange={(step) => change({ margin: MARGINS[Number(step)] ?? USUAL_READING.margin })}
          options={[
            { value: '0', label: t.marginNarrow() },
            { value: '1', label: t.marginUsual() },
            { value: '2', label: t.marginWide() },
            { value: '3', label: t.marginWidest() },
          ]}
        />
      </Row>
      {!view.vertical && (
        <Row label={t.columns()} className="no-m">
          <Segmented
            label={t.columns()}
            value={settings.columns === 2 ? 'two' : 'one'}
            onChange={(columns) => change({ columns: columns === 'two' ? 2 : 1 })}
            options={[
              { value: 'one', label: t.columnsOne() },
              { value: 'two', label: t.columnsTwo() },
            ]}
          />
        </Row>
      )}
      {/* Chinese is justified by its own rule, so there is nothing to choose. */}
      {!han && (
        <Row label={t.justify()}>
          <Switch
            label={<span className="sr">{t.justify()}</span>}
            checked={settings.justify}
            onChange={(justify) => change({ justify })}
          />
        </Row>
      )}
    </>
  )
}

function Measures({ settings, change, vertical }: TextLookProps & { readonly vertical: boolean }) {
  const { size, leading, measure } = settings
  return (
    <>
      <Steps
        label={t.size()}
        value={size}
        step={1}
        range={[12, 40]}
        show={String}
        onChange={(size) => change({ size })}
      />
      <Steps
        label={t.leading()}
        value={leading}
        step={0.05}
        range={[1.2, 2.4]}
        show={(value) => value.toFixed(2)}
        onChange={(leading) => change({ leading })}
      />
      {!vertical && (
        <Steps
          label={t.measure()}
          value={measure}
          step={1}
          range={[20, 60]}
          show={String}
          onChange={(measure) => change({ measure })}
        />
      )}
    </>
  )
}
