/** Whether decoded bytes are something people wrote: no control characters, hardly any that could not be decoded. */
export function looksLikeText(text: string): boolean {
  if (text.trim() === '') return false
  let odd = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit === 0) return false
    const control =
      unit < 0x20 && unit !== 0x09 && unit !== 0x0a && unit !== 0x0c && unit !== 0x0d && unit !== 0x1a
    if (control || unit === 0x7f || unit === 0xfffd) odd++
  }
  return odd <= Math.max(2, text.length / 50)
}

const markdownLine =
  /^(#{1,6} \S|[-*+] \S|\d{1,3}\. \S|> ?\S|```|~~~|={3,}$|-{3,}$|\|.*\|)|\]\([^)\s]+\)|\*\*\S/

/** Markdown is text in which headings, lists, quotes, fences or links are written its way: more than one line in fifty. */
export function looksLikeMarkdown(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const heading = lines.some((line) => /^#{1,6} \S/.test(line))
  const marked = lines.filter((line) => markdownLine.test(line.slice(0, 500))).length
  return heading ? marked >= Math.max(1, lines.length / 50) : marked > 3 && marked > lines.length / 10
}
