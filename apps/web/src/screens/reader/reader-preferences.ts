import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import type { Flow, ReaderStyle } from '../../reader/engine/index.ts'
import { USUAL_SPEED } from './time/time-left.ts'

/** What this device remembers about reading; what holds on every device is in `data/reading-settings.ts`. */
export interface ReaderPreferences {
  /** Screens differ in size, so a PDF's zoom stays with the device. */
  pdfFlow: Flow
  pdfZoom: ReaderStyle['zoom']
  /** Characters a minute, learned. */
  speed: Record<keyof typeof USUAL_SPEED, number>
}

export const useReaderPreferences = create<ReaderPreferences>()(
  persist(
    (): ReaderPreferences => ({ pdfFlow: 'scrolled', pdfZoom: 'fit-width', speed: { ...USUAL_SPEED } }),
    { name: 'stoa.reader', version: 1 },
  ),
)
