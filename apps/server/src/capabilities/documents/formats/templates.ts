import type { components } from '@stoa/contracts'

type Schemas = components['schemas']
type Locale = Schemas['Locale']

interface Template {
  readonly name: string
  readonly description: string
  readonly title: string
  /** `{book}` is where the title of the book goes. */
  readonly markdown: string
}

/** What documents may begin with. Text of the documents of whoever makes them, in the language they ask for. */
const TEMPLATES: Readonly<Record<Schemas['TemplateId'], Readonly<Record<Locale, Template>>>> = {
  'meeting-notes': {
    en: {
      name: 'Meeting notes',
      description: 'Who was there, what was said, who does what',
      title: 'Meeting notes',
      markdown:
        '## Present\n\n- Name\n\n## What we talked about\n\n1. First point\n\n## Decided\n\n- Decision\n\n## To do\n\n- [ ] What, who, until when\n\n## Next time\n\nDate, book, chapter\n',
    },
    zh: {
      name: '会议记录',
      description: '谁在场，说了什么，谁做什么',
      title: '会议记录',
      markdown:
        '## 到场\n\n- 姓名\n\n## 谈了什么\n\n1. 第一点\n\n## 决定\n\n- 决定\n\n## 待办\n\n- [ ] 做什么，谁做，何时完成\n\n## 下次\n\n日期、书、章节\n',
    },
  },
  'reading-notes': {
    en: {
      name: 'Reading notes',
      description: 'What a book says, passage by passage, and what you make of it',
      title: 'Reading notes',
      markdown:
        '{book}## In one paragraph\n\nWhat the book says\n\n## Passages\n\nDrop a passage here and say why it matters\n\n## Words\n\n| Word | Meaning | Where |\n| --- | --- | --- |\n| word | meaning | page |\n\n## Questions\n\n- [ ] A question\n',
    },
    zh: {
      name: '读书笔记',
      description: '书里说了什么，逐段来看，以及你的想法',
      title: '读书笔记',
      markdown:
        '{book}## 一段话概括\n\n这本书说了什么\n\n## 段落\n\n把一段原文拖到这里，写下它为什么重要\n\n## 词语\n\n| 词 | 意思 | 出处 |\n| --- | --- | --- |\n| 词 | 意思 | 页 |\n\n## 问题\n\n- [ ] 一个问题\n',
    },
  },
}

const withBook = (markdown: string, title: string | undefined): string =>
  markdown.replace('{book}', title === undefined ? '' : `*${title.replace(/[\\`*_[\]<$~|]/g, '\\$&')}*\n\n`)

export function templateMarkdown(
  { id, locale }: Schemas['TemplateChoice'],
  bookTitle: string | undefined,
): { title: string; markdown: string } {
  const { title, markdown } = TEMPLATES[id][locale]
  return {
    title: bookTitle === undefined ? title : `${title}: ${bookTitle}`.slice(0, 300),
    markdown: withBook(markdown, bookTitle),
  }
}

export const templatesIn = (locale: Locale): Schemas['DocumentTemplate'][] =>
  Object.entries(TEMPLATES).map(([id, byLocale]) => ({
    id: id as Schemas['TemplateId'],
    ...byLocale[locale],
    markdown: withBook(byLocale[locale].markdown, undefined),
  }))
