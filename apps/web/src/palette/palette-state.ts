import { create } from 'zustand'

interface PaletteState {
  open: boolean
  /** What the box starts with. */
  query: string
  keysOpen: boolean
}

/** Whether the palette and the sheet of shortcuts are open. */
export const usePaletteState = create<PaletteState>()(() => ({ open: false, query: '', keysOpen: false }))

export const openPalette = (query = ''): void =>
  usePaletteState.setState({ open: true, query, keysOpen: false })
export const closePalette = (): void => usePaletteState.setState({ open: false })
export const showShortcuts = (keysOpen: boolean): void => usePaletteState.setState({ keysOpen, open: false })
