/** Up to 32 characters before and after the span, white space collapsed, no half characters. */
export function contextOf(text: string, start: number, end: number): { prefix: string; suffix: string } {
  const before = text.slice(Math.max(0, start - 128), start).replace(/\s+/g, ' ')
  const after = text.slice(end, end + 128).replace(/\s+/g, ' ')
  return {
    prefix: before.slice(-32).replace(/^[\udc00-\udfff]/, ''),
    suffix: after.slice(0, 32).replace(/[\ud800-\udbff]$/, ''),
  }
}
