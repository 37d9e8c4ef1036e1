import clsx from 'clsx'
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import type { ScreenRect } from '../../../reader/engine/index.ts'
import { useReader } from '../reader-store.ts'
import { placeNear } from './placement.ts'

interface NearProps {
  /** In pixels of the window. */
  readonly target: ScreenRect
  readonly className: string
  readonly label: string
  readonly role: 'toolbar' | 'group' | 'note'
  readonly children: ReactNode
}

/** Something small beside a passage, inside the page. Docks at the foot of a phone. */
export function Near({ target, className, label, role, children }: NearProps) {
  const { view } = useReader()
  const box = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState<{ left: number; top: number }>()
  useLayoutEffect(() => {
    const element = box.current
    const page = view.element.closest('.pg')?.getBoundingClientRect()
    if (!element || !page) return
    const measure = () => {
      const size = { width: element.offsetWidth, height: element.offsetHeight }
      setAt(placeNear(target, size, page))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [target, view])
  // Transparent until it has its place, not hidden: what is hidden cannot be given the focus.
  const style = at ? { left: at.left, top: at.top } : { opacity: 0 }
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: every role it is given takes a name
    <div ref={box} role={role} aria-label={label} className={clsx('near', className)} style={style}>
      {children}
    </div>
  )
}
