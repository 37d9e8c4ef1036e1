import { oneLine } from '../address.ts'
import type { MailLocale, MailMessage } from '../mail.ts'

/** What a message says, in order. Plain text: both forms are made from it, and the HTML one escapes everything. */
export interface MailContent {
  readonly subject: string
  readonly heading: string
  readonly paragraphs: readonly string[]
  /** Shown large, to be read off and typed. */
  readonly code?: string
  /** A button; in the plain form its address on a line of its own. `https:` or `http:` only. */
  readonly action?: { readonly label: string; readonly url: string }
  /** Facts in rows, e.g. when and where. */
  readonly facts?: readonly (readonly [label: string, value: string])[]
  /** In small print: what to do when one did not expect this. */
  readonly footer: string
}

const htmlLanguage = { en: 'en', zh: 'zh-Hans' } as const

export function composeMail(to: string, locale: MailLocale, content: MailContent): MailMessage {
  const url = content.action?.url
  if (url !== undefined && !/^https?:$/.test(new URL(url).protocol)) {
    throw new TypeError('a mail links to http and https only')
  }
  return { to, locale, subject: oneLine(content.subject), text: plain(content), html: html(locale, content) }
}

function plain(content: MailContent): string {
  const facts = (content.facts ?? []).map(([label, value]) => `${label}: ${value}`).join('\n')
  const action = content.action ? `${content.action.label}:\n${content.action.url}` : ''
  const code = content.code ? `    ${content.code}` : ''
  const parts = [content.heading, ...content.paragraphs, code, action, facts, `-- \n${content.footer}`]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

const styles = {
  body: 'margin:0;padding:24px 12px;background:#f6f4ef;color:#26231f;font:16px/1.6 Georgia,"Songti SC","Noto Serif CJK SC",serif',
  card: 'max-width:520px;margin:0 auto;padding:28px 32px;background:#ffffff;border:1px solid #e3ded4;border-radius:8px',
  heading: 'margin:0 0 16px;font-size:20px;line-height:1.3;font-weight:600',
  code: 'margin:20px 0;font:600 30px/1.2 ui-monospace,Menlo,Consolas,monospace;letter-spacing:.2em',
  button:
    'display:inline-block;margin:8px 0 16px;padding:10px 20px;background:#2f5d50;color:#ffffff;border-radius:6px;text-decoration:none',
  fact: 'padding:2px 16px 2px 0;color:#6b655b;vertical-align:top',
  footer: 'margin:20px 0 0;padding-top:16px;border-top:1px solid #e3ded4;color:#6b655b;font-size:13px',
} as const

function html(locale: MailLocale, content: MailContent): string {
  const paragraphs = content.paragraphs
    .map((text) => `<p style="margin:0 0 12px">${escapeHtml(text)}</p>`)
    .join('')
  const code = content.code ? `<p style="${attribute(styles.code)}">${escapeHtml(content.code)}</p>` : ''
  const action = content.action
    ? `<p style="margin:0"><a style="${attribute(styles.button)}" href="${escapeHtml(content.action.url)}">${escapeHtml(content.action.label)}</a></p>`
    : ''
  return `<!doctype html>
<html lang="${htmlLanguage[locale]}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(oneLine(content.subject))}</title></head>
<body style="${attribute(styles.body)}"><div style="${attribute(styles.card)}">
<h1 style="${attribute(styles.heading)}">${escapeHtml(content.heading)}</h1>
${paragraphs}${code}${action}${factTable(content)}
<p style="${attribute(styles.footer)}">${escapeHtml(content.footer)}</p>
</div></body></html>
`
}

function factTable(content: MailContent): string {
  if (!content.facts?.length) return ''
  const rows = content.facts.map(
    ([label, value]) =>
      `<tr><td style="${styles.fact}">${escapeHtml(label)}</td><td>${escapeHtml(value)}</td></tr>`,
  )
  return `<table role="presentation" style="margin:8px 0;font-size:14px;border-collapse:collapse">${rows.join('')}</table>`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as HTML, safe also inside quoted attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => entities[char] ?? char)
const attribute = (style: string) => style.replaceAll('"', '&quot;')

/**
 * A name that somebody chose, fit to stand in a sentence of ours: one line, without invisible and direction-changing
 * characters, not so long that it pushes our words away, and not recognised as a link by mail programs.
 */
export function displayName(name: string): string {
  const clean = oneLine(name)
    .replace(/[\p{Cf}\p{Co}]/gu, '')
    .replace(/:\/\//g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const characters = [...clean]
  return characters.length > 80 ? `${characters.slice(0, 79).join('')}…` : clean
}
