import { useLocale } from '@stoa/ui/messages'
import { settings as t } from '@stoa/ui/messages/settings'
import type { CSSProperties } from 'react'
import type { ReadingSettings } from '../../data/reading-settings.ts'

/** A few lines as a book would set them. */
export function ReadingSample({ settings }: { settings: ReadingSettings }) {
  const locale = useLocale()
  const { size, leading, measure, justify, font, theme, margin, columns } = settings
  const text: CSSProperties = {
    fontFamily: font === 'sans' ? 'var(--font-ui)' : 'var(--font-read)',
    fontSize: size,
    lineHeight: leading,
    maxWidth: `${measure * columns}em`,
    textAlign: justify ? 'justify' : 'start',
    columnCount: columns,
    columnGap: 32,
  }
  const paper = theme === 'auto' ? {} : { 'data-theme': theme }
  return (
    <div className="sample" style={{ paddingInline: Math.max(16, margin) }} {...paper}>
      <p lang={locale} style={text}>
        {t.sampleText()}
      </p>
    </div>
  )
}
