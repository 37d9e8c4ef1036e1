import { Icon, IconButton, Tree, type TreeNode } from '@stoa/ui'
import { formatPercent } from '@stoa/ui/messages'
import { reader as t } from '@stoa/ui/messages/reader'
import { Bookmark, X } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { TocItem } from '../../../reader/engine/index.ts'
import { useBookmarks } from '../marks/use-bookmarks.ts'
import { fromWire } from '../place/wire-locator.ts'
import { useReader, useReaderState } from '../reader-store.ts'
import { currentPath, tocNodes } from './toc-nodes.ts'
import { useJump } from './use-jump.ts'

/** The table of contents with the chapter one is in, and the bookmarks. */
export function ContentsPanel() {
  return (
    <div className="panel-body">
      <Chapters />
      <Bookmarks />
    </div>
  )
}

function Chapters() {
  const { view, book } = useReader()
  const jump = useJump()
  const current = useReaderState((state) => state.location?.tocItem)
  const nodes = useMemo(() => tocNodes(view.toc), [view.toc])
  const path = currentPath(nodes, current)
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())
  const shares = useMemo(
    () => new Map(view.chapters.map((each) => [each.label, each.fraction])),
    [view.chapters],
  )
  const selected = path.at(-1)
  const list = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the selected row is another element then
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'center' })
  }, [selected])
  if (nodes.length === 0) return <p className="panel-empty">{t.noContents()}</p>
  const expanded = new Set([...path, ...toggled].filter((id) => !(path.includes(id) && toggled.has(id))))
  const toggle = (id: string) => {
    const next = new Set(toggled)
    if (!next.delete(id)) next.add(id)
    setToggled(next)
  }
  const end = ({ id, label }: TreeNode<TocItem>) => {
    const share = id.includes('.') ? undefined : shares.get(label)
    return share === undefined ? undefined : <span className="num">{formatPercent(share)}</span>
  }
  return (
    <div ref={list} lang={book.language ?? undefined}>
      <Tree
        label={t.contents()}
        nodes={nodes}
        expanded={expanded}
        onToggle={toggle}
        selected={selected}
        onSelect={({ id, data }) => (data.href === undefined ? toggle(id) : jump({ href: data.href }))}
        end={end}
      />
    </div>
  )
}

function Bookmarks() {
  const { book } = useReader()
  const jump = useJump()
  const location = useReaderState((state) => state.location)
  const { bookmarks, remove } = useBookmarks(location)
  return (
    <section className="panel-section">
      <h3 className="label">{t.bookmarks()}</h3>
      {bookmarks.length === 0 && (
        <p className="muted">
          {t.noBookmarks()} <span className="about-keys">{t.noBookmarksKey()}</span>
        </p>
      )}
      {bookmarks.map((bookmark) => {
        const share = bookmark.locator.fraction
        const label = bookmark.label ?? (share === undefined ? t.page() : formatPercent(share))
        return (
          <div key={bookmark.id} className="bookmark-row">
            <button type="button" className="li" onClick={() => jump(fromWire(bookmark.locator))}>
              <Icon of={Bookmark} size="s" />
              <span className="grow clip" lang={book.language ?? undefined}>
                {bookmark.excerpt || label}
              </span>
              {share !== undefined && <span className="n num">{formatPercent(share)}</span>}
            </button>
            <IconButton
              icon={X}
              size="sm"
              label={t.removeBookmark({ label })}
              onClick={() => void remove(bookmark)}
            />
          </div>
        )
      })}
    </section>
  )
}
