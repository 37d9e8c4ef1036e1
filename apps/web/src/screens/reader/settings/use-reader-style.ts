import { useLayoutEffect } from 'react'
import { usePreferences } from '../../../data/preferences.ts'
import { useReadingSettings } from '../../../data/reading-settings.ts'
import { PHONE, useMedia } from '../../../frame/use-media.ts'
import type { ReaderStyle } from '../../../reader/engine/index.ts'
import { useReaderPreferences } from '../reader-preferences.ts'
import { styleOf } from './style.ts'

export function useAppTheme(): 'light' | 'dark' {
  const { theme } = usePreferences()
  const dark = useMedia('(prefers-color-scheme: dark)')
  return theme === 'system' ? (dark ? 'dark' : 'light') : theme
}

/** How the open book looks: the account's settings as this screen and this book can have them. */
export function useReaderStyle(isPdf: boolean): ReaderStyle {
  const { settings } = useReadingSettings()
  const appTheme = useAppTheme()
  const phone = useMedia(PHONE)
  const { pdfFlow, pdfZoom } = useReaderPreferences()
  const pdf = isPdf ? { flow: pdfFlow, zoom: pdfZoom } : undefined
  return styleOf(settings, { appTheme, phone, pdf })
}

/** Gives the whole page the paper of the book, menus and dialogs too, for as long as one reads. */
export function usePaper(theme: ReaderStyle['theme']): void {
  const appTheme = useAppTheme()
  useLayoutEffect(() => {
    const { dataset } = document.documentElement
    dataset.theme = theme
    return () => {
      dataset.theme = appTheme
    }
  }, [theme, appTheme])
}
