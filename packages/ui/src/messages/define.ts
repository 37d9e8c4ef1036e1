import { getLocale, type Locale } from './locale.ts'

/** One text per plural category of CLDR; `other` always. The number is the parameter `count`. */
export type Plural = { readonly other: string } & Partial<Readonly<Record<Intl.LDMLPluralRule, string>>>
/** A catalogue: plain texts with `{parameters}`, or plurals. English is the source; write it `as const`. */
export type Catalogue = Readonly<Record<string, string | Plural>>

/** The same keys in another language. A plural may become one text where the language has no plural (Chinese). */
export type Translation<Source extends Catalogue> = {
  readonly [Key in keyof Source]: Source[Key] extends string ? string : string | Plural
}

type ParametersIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParametersIn<Rest>
  : never
type Parameters<Message> = Message extends string
  ? Record<ParametersIn<Message>, string | number>
  : Record<Exclude<ParametersIn<Message[keyof Message]>, 'count'>, string | number> & { count: number }
type MessageFunction<Message> = Message extends string
  ? [ParametersIn<Message>] extends [never]
    ? () => string
    : (parameters: Parameters<Message>) => string
  : (parameters: Parameters<Message>) => string

/** A function per message, in the language of the moment: `t.books({ count: 3 })`. */
export type Messages<Source extends Catalogue> = {
  readonly [Key in keyof Source]: MessageFunction<Source[Key]>
}

type Values = Readonly<Record<string, string | number>>

const numberFormats = { en: new Intl.NumberFormat('en'), zh: new Intl.NumberFormat('zh') }
const pluralRules = { en: new Intl.PluralRules('en'), zh: new Intl.PluralRules('zh') }

function choose(message: string | Plural, locale: Locale, values: Values | undefined): string {
  if (typeof message === 'string') return message
  return message[pluralRules[locale].select(Number(values?.count))] ?? message.other
}

function fill(text: string, locale: Locale, values: Values | undefined): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values?.[name]
    if (value === undefined) return whole
    return typeof value === 'number' ? numberFormats[locale].format(value) : value
  })
}

/** Text of one message. Numbers are written as the language writes them; pass a string to keep digits as they are. */
export function formatMessage(message: string | Plural, locale: Locale, values?: Values): string {
  return fill(choose(message, locale, values), locale, values)
}

/** Typed functions for the messages of one area, from its English source and its Chinese translation. */
export function defineMessages<const Source extends Catalogue>(
  en: Source,
  zh: Translation<Source>,
): Messages<Source> {
  const byLocale: Record<Locale, Catalogue> = { en, zh }
  const functions = Object.keys(en).map((key) => [
    key,
    (values?: Values) => {
      const locale = getLocale()
      return formatMessage(byLocale[locale][key] ?? en[key] ?? key, locale, values)
    },
  ])
  return Object.fromEntries(functions) as Messages<Source>
}
