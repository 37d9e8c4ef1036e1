import { shell as t } from '@stoa/ui/messages/shell'
import { Outlet } from '@tanstack/react-router'
import { useKeyboard } from '../keyboard/use-keyboard.ts'
import { Palette } from '../palette/palette.tsx'
import { ShortcutsSheet } from '../palette/shortcuts-sheet.tsx'
import { useSearchEverything } from '../palette/use-search-everything.ts'
import { Rail } from './rail.tsx'
import { useFrameActions } from './use-frame-actions.ts'

/** Rail (or bottom bar) and the screen beside it. Screens draw a `Page` into it. */
export function Frame() {
  return (
    <div className="app">
      <a className="skip" href="#stage">
        {t.skip()}
      </a>
      <Rail />
      <Outlet />
      <AppLayer />
    </div>
  )
}

/** Palette, shortcuts and their keys; also for screens without the frame (the reader). Mount once. */
export function AppLayer() {
  useKeyboard()
  useFrameActions()
  useSearchEverything()
  return (
    <>
      <Palette />
      <ShortcutsSheet />
    </>
  )
}
