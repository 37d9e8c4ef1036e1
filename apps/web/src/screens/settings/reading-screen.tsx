import { Button, Segmented, Switch, toast } from '@stoa/ui'
import { settings as t } from '@stoa/ui/messages/settings'
import { type ReadingSettings, USUAL_READING, useReadingSettings } from '../../data/reading-settings.ts'
import { ErrorNote } from '../../frame/load-error.tsx'
import { ReadingSample } from './reading-sample.tsx'
import { SettingsGroup, SettingsPage, SettingsRow } from './settings-page.tsx'
import { Stepper } from './stepper.tsx'

/** How books look on all devices of this account. */
export default function ReadingScreen() {
  const { settings, change, query, failure } = useReadingSettings()
  const back = () => {
    const { version, ...usual } = USUAL_READING
    const { version: _, ...before } = settings
    change(usual)
    toast({ text: t.usualSet(), undo: () => change(before) })
  }
  return (
    <SettingsPage
      title={t.reading()}
      text={t.readingText()}
      action={
        <Button variant="ghost" size="sm" onClick={back}>
          {t.usual()}
        </Button>
      }
    >
      {(query.error ?? failure) != null && <ErrorNote error={query.error ?? failure} retry={query.refetch} />}
      <ReadingSample settings={settings} />
      <SettingsGroup>
        <Choices settings={settings} change={change} />
        <Measures settings={settings} change={change} />
        <SettingsRow label={t.justify()}>
          <Switch
            label={<span className="sr">{t.justify()}</span>}
            checked={settings.justify}
            onChange={(justify) => change({ justify })}
          />
        </SettingsRow>
      </SettingsGroup>
    </SettingsPage>
  )
}

interface PartProps {
  settings: ReadingSettings
  change: (change: Partial<Omit<ReadingSettings, 'version'>>) => void
}

function Choices({ settings, change }: PartProps) {
  return (
    <>
      <SettingsRow label={t.flow()} wrap>
        <Segmented
          label={t.flow()}
          value={settings.flow}
          onChange={(flow) => change({ flow })}
          options={[
            { value: 'paginated', label: t.flowPaginated() },
            { value: 'scrolled', label: t.flowScrolled() },
          ]}
        />
      </SettingsRow>
      <SettingsRow label={t.paper()} wrap>
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
      </SettingsRow>
      <SettingsRow label={t.face()} wrap>
        <Segmented
          label={t.face()}
          value={settings.font}
          onChange={(font) => change({ font })}
          options={[
            { value: 'serif', label: t.faceSerif() },
            { value: 'sans', label: t.faceSans() },
            { value: 'publisher', label: t.facePublisher() },
          ]}
        />
      </SettingsRow>
      <SettingsRow label={t.columns()} wrap>
        <Segmented
          label={t.columns()}
          value={settings.columns === 2 ? 'two' : 'one'}
          onChange={(columns) => change({ columns: columns === 'two' ? 2 : 1 })}
          options={[
            { value: 'one', label: t.columnsOne() },
            { value: 'two', label: t.columnsTwo() },
          ]}
        />
      </SettingsRow>
    </>
  )
}

function Measures({ settings, change }: PartProps) {
  const { size, leading, measure, margin } = settings
  return (
    <>
      <SettingsRow label={t.size()}>
        <Stepper
          label={t.size()}
          value={size}
          range={[12, 40]}
          step={1}
          show={(count) => t.pixels({ count })}
          onChange={(size) => change({ size })}
        />
      </SettingsRow>
      <SettingsRow label={t.leading()}>
        <Stepper
          label={t.leading()}
          value={leading}
          range={[1.2, 2.4]}
          step={0.05}
          show={(value) => value.toFixed(2)}
          onChange={(leading) => change({ leading })}
        />
      </SettingsRow>
      <SettingsRow label={t.measure()}>
        <Stepper
          label={t.measure()}
          value={measure}
          range={[20, 60]}
          step={1}
          show={(count) => t.ems({ count })}
          onChange={(measure) => change({ measure })}
        />
      </SettingsRow>
      <SettingsRow label={t.margin()}>
        <Stepper
          label={t.margin()}
          value={margin}
          range={[0, 160]}
          step={8}
          show={(count) => t.pixels({ count })}
          onChange={(margin) => change({ margin })}
        />
      </SettingsRow>
    </>
  )
}
