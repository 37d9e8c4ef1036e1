import { Button, IconButton, Popover, Segmented, Sheet, Switch } from '@stoa/ui'
import { reader as t } from '@stoa/ui/messages/reader'
import { ALargeSmall, Minus, Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { type ReadingSettings, USUAL_READING, useReadingSettings } from '../../../data/reading-settings.ts'
import { PHONE, useMedia } from '../../../frame/use-media.ts'
import { useReaderPreferences } from '../reader-preferences.ts'
import { useReader, useReaderState } from '../reader-store.ts'
import { scriptOf } from '../time/time-left.ts'
import { MARGINS, marginOf } from './style.ts'

/** Type and paper, at the button that opens it; on a phone a sheet from below. */
export function LookPopover() {
  const { store } = useReader()
  const open = useReaderState((state) => state.look)
  const phone = useMedia(PHONE)
  const onOpenChange = (look: boolean) => store.setState({ look })
  const trigger = (
    <IconButton icon={ALargeSmall} label={t.look()} on={open} onClick={() => onOpenChange(!open)} />
  )
  if (phone) {
    return (
      <>
        {trigger}
        <Sheet open={open} onOpenChange={onOpenChange} title={t.look()}>
          <LookForm />
        </Sheet>
      </>
    )
  }
  return (
    <Popover
      trigger={<IconButton icon={ALargeSmall} label={t.look()} on={open} />}
      label={t.look()}
      open={open}
      onOpenChange={onOpenChange}
      className="look-pop"
    >
      <LookForm />
    </Popover>
  )
}

function LookForm() {
  const { view } = useReader()
  const { settings, change } = useReadingSettings()
  const usual = () => {
    const { version: _, ...rest } = USUAL_READING
    change(rest)
  }
  return (
    <div className="look">
      <Row label={t.paper()}>
        <Segmented
          label={t.paper()}
          value={settings.theme}
          onChange={(theme) => change({ theme })}
          options={[
            { value: 'auto', label: t.paperAuto() },
            { value: 'light', label: t.paperLight() },
            { value: 'sepia', label: t.paperSepia() },
            { value: 'dark', label: t.paperDark() },
          ]}
        />
      </Row>
      {view.format === 'pdf' ? <PdfLook /> : <TextLook settings={settings} change={change} />}
      <Button variant="ghost" size="sm" onClick={usual}>
        {t.usual()}
      </Button>
    </div>
  )
}

interface TextLookProps {
  readonly settings: ReadingSettings
  readonly change: (change: Partial<Omit<ReadingSettings, 'version'>>) => void
}

function TextLook({ settings, change }: TextLookProps) {
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

function FlowRow({
  value,
  onChange,
}: {
  value: 'paginated' | 'scrolled'
  onChange: (flow: 'paginated' | 'scrolled') => void
}) {
  return (
    <Row label={t.flow()}>
      <Segmented
        label={t.flow()}
        value={value}
        onChange={onChange}
        options={[
          { value: 'paginated', label: t.flowPages() },
          { value: 'scrolled', label: t.flowScroll() },
        ]}
      />
    </Row>
  )
}

function PdfLook() {
  const { pdfFlow, pdfZoom } = useReaderPreferences()
  return (
    <>
      <FlowRow value={pdfFlow} onChange={(pdfFlow) => useReaderPreferences.setState({ pdfFlow })} />
      <Row label={t.zoom()}>
        <Segmented
          label={t.zoom()}
          value={pdfZoom === 'fit-page' ? 'fit-page' : 'fit-width'}
          onChange={(pdfZoom) => useReaderPreferences.setState({ pdfZoom })}
          options={[
            { value: 'fit-width', label: t.fitWidth() },
            { value: 'fit-page', label: t.fitPage() },
          ]}
        />
      </Row>
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

interface StepsProps {
  readonly label: string
  readonly value: number
  readonly step: number
  readonly range: readonly [number, number]
  readonly show: (value: number) => string
  readonly onChange: (value: number) => void
}

function Steps({ label, value, step, range: [least, most], show, onChange }: StepsProps) {
  const to = (next: number) => onChange(Math.round(Math.min(most, Math.max(least, next)) * 100) / 100)
  return (
    <Row label={label}>
      <fieldset className="steps" aria-label={label}>
        <IconButton
          icon={Minus}
          label={t.smaller()}
          disabled={value <= least}
          onClick={() => to(value - step)}
        />
        <output className="num">{show(value)}</output>
        <IconButton
          icon={Plus}
          label={t.larger()}
          disabled={value >= most}
          onClick={() => to(value + step)}
        />
      </fieldset>
    </Row>
  )
}

const Row = ({
  label,
  className = '',
  children,
}: {
  label: string
  className?: string
  children: ReactNode
}) => (
  <div className={`look-row ${className}`}>
    <span>{label}</span>
    {children}
  </div>
)
