import { Button, IconButton, Popover, Segmented, Sheet } from '@stoa/ui'
import { reader as t } from '@stoa/ui/messages/reader'
import { ALargeSmall } from 'lucide-react'
import { USUAL_READING, useReadingSettings } from '../../../data/reading-settings.ts'
import { PHONE, useMedia } from '../../../frame/use-media.ts'
import { useReaderPreferences } from '../reader-preferences.ts'
import { useReader, useReaderState } from '../reader-store.ts'
import { FlowRow, Row } from './look-rows.tsx'
import { TextLook } from './text-look.tsx'

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
