import { Sheet } from '@stoa/ui'
import { shell as t } from '@stoa/ui/messages/shell'
import clsx from 'clsx'
import type { ReactNode } from 'react'
import { createContext, useContext, useMemo, useState } from 'react'
import { usePreferences } from '../data/preferences.ts'
import { useActions } from '../keyboard/actions.ts'
import { ListResizer } from './list-resizer.tsx'
import { NARROW, PHONE, useMedia } from './use-media.ts'

interface PageContext {
  hasList: boolean
  openList: () => void
}
const Context = createContext<PageContext>({ hasList: false, openList: () => {} })
/** For the top bar: whether the page has a list column, and how to open it where it is folded away. */
export const usePage = (): PageContext => useContext(Context)

export interface PageProps {
  /** Column at the left (`ListColumn`). Under 1100 px it opens as a sheet from the top bar. */
  list?: ReactNode
  /** Name of the list for its sheet. */
  listTitle?: string
  /** Panel at the right (`SidePanel`); undefined: closed. Under 1100 px a sheet. */
  side?: ReactNode
  /** Closes the side. With it, the side under 1100 px is a sheet that Escape and a press outside close. */
  onCloseSide?: () => void
  /** Width of the side panel in pixels: 420 by a book, 380–400 elsewhere. */
  sideWidth?: number
  /** On a phone the list is the page and the stage is not drawn: an index of sections. */
  listFirst?: boolean
  /** On a phone this screen takes everything: no bottom bar. */
  deep?: boolean
  /** Top bar and content. */
  children: ReactNode
}

/** What one screen puts beside the rail: list, stage, side. */
export function Page({
  list,
  listTitle,
  side,
  sideWidth = 420,
  onCloseSide,
  listFirst,
  deep,
  children,
}: PageProps) {
  const { listWidth, listHidden } = usePreferences()
  const [sheet, setSheet] = useState(false)
  const phone = useMedia(PHONE)
  const hasList = list !== undefined
  const context = useMemo(() => ({ hasList, openList: () => setSheet(true) }), [hasList])
  useActions(
    hasList
      ? [
          {
            id: 'page.list',
            group: 'app',
            label: listHidden ? t.showList() : t.hideList(),
            shortcut: '[',
            run: () => usePreferences.setState({ listHidden: !listHidden }),
          },
        ]
      : [],
  )
  const widths: React.CSSProperties & Record<`--${string}`, string> = {
    '--list': `${listWidth}px`,
    '--side': `${sideWidth}px`,
  }
  const shape = {
    'has-list': hasList && !listHidden,
    'has-side': side !== undefined,
    'list-first': listFirst,
    deep,
  }
  return (
    <Context value={context}>
      <div className={clsx('page', shape)} style={widths}>
        {hasList && !listHidden && (
          <aside className="list" aria-label={listTitle}>
            {list}
            <ListResizer />
          </aside>
        )}
        <main className="stage" id="stage" tabIndex={-1}>
          {children}
        </main>
        {side !== undefined && <Side onClose={onCloseSide}>{side}</Side>}
      </div>
      {hasList && (
        <Sheet
          open={sheet}
          onOpenChange={setSheet}
          title={listTitle ?? ''}
          from={phone ? 'bottom' : 'left'}
          hideTitle
          className="list-sheet"
        >
          {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: closes after a link inside was followed */}
          <div className="contents" onClick={(event) => isLink(event.target) && setSheet(false)}>
            {list}
          </div>
        </Sheet>
      )}
    </Context>
  )
}

function Side({ onClose, children }: { onClose: (() => void) | undefined; children: ReactNode }) {
  const phone = useMedia(PHONE)
  const narrow = useMedia(NARROW)
  if (narrow && onClose) {
    return (
      <Sheet
        open
        onOpenChange={onClose}
        title={t.sidePanel()}
        from={phone ? 'bottom' : 'right'}
        bare
        className="side-sheet"
      >
        {children}
      </Sheet>
    )
  }
  return (
    <aside className="side" aria-label={t.sidePanel()}>
      {children}
    </aside>
  )
}

const isLink = (target: EventTarget): boolean => target instanceof Element && target.closest('a') !== null
