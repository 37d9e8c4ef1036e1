import 'katex/dist/katex.min.css'
import katex from 'katex'
import { useLayoutEffect, useRef } from 'react'

/** Bounds for formulas that others wrote: no links or files, nothing larger than a page, no endless macros. */
const BOUNDS = { throwOnError: false, trust: false, strict: 'ignore', maxSize: 40, maxExpand: 400 } as const

/** A formula, set from LaTeX; one that cannot be read stands in red, as it was written. */
export default function Formula({ latex, block }: { latex: string; block: boolean }) {
  const host = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    if (host.current) katex.render(latex, host.current, { ...BOUNDS, displayMode: block })
  }, [latex, block])
  return <span ref={host} />
}
