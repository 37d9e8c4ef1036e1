import type { Page } from 'playwright-core'
import { waldenFile } from '../../../tests/support/reader-books.ts'
import type { Shot } from '../../../tools/shots.ts'
import { ago, uuid } from '../../testing/mock/account.ts'
import { readerHandlers } from '../reader/mock.ts'
import { person, room, roomHandlers } from '../rooms/mock.ts'
import { anchorIn, documentHandlers, info, thread, updateOf, version, writersIn } from './mock.ts'
import { code, doc, heading, inlineMaths, list, maths, paragraph, table, tasks, text } from './mock-text.ts'

const passage = {
  type: 'citation',
  attrs: {
    ...{ book_id: uuid(800), locator: { type: 'epub', cfi: 'epubcfi(/6/8!/4/2)', fraction: 0.31 } },
    quote: {
      exact:
        'It requires a training such as the athletes underwent, the steady intention almost of the whole life to this object.',
      ...{ prefix: '', suffix: '' },
    },
    ...{ chapter: 'Chapter 3, Reading', highlight_id: null },
    ...{ book_title: 'Walden', book_authors: ['Henry David Thoreau'] },
  },
}

const opening =
  'We talk about slow reading as if it were a posture: lower the eyes, lower the speed. This note argues for something plainer. Slowness is not a pace. It is how many times you are willing to turn back.'
const seneca =
  'Seneca says nearly the same to Lucilius and for the opposite reason. He is afraid of having too many books; Thoreau is afraid of having too little li'

const essay = doc(
  paragraph(opening),
  heading(2, 'Training'),
  paragraph(
    'Thoreau’s word is ',
    text('exercise', 'italic'),
    ', and he means it as the athletes did: a thing done daily, and never finished. The Chinese word 功夫 is both the skill and the hours it took to get it.',
  ),
  passage,
  paragraph(seneca),
  heading(2, 'Who has the time?'),
  paragraph('Maya asked this on Thursday and none of us had an answer. What follows is where we stopped.'),
  list(
    'Is reading aloud, twice, already a kind of training?',
    'Does an exercise stay noble when somebody else does the washing?',
  ),
)
const earlier = doc(
  paragraph(opening.replace('something plainer', 'the opposite')),
  heading(2, 'Training'),
  paragraph('Thoreau’s word is exercise, and he means it as the athletes did.'),
  paragraph('To be cut: the paragraph about monks.'),
  heading(2, 'Who has the time?'),
)
const workshop = doc(
  heading(2, 'Everything a page can hold'),
  tasks([true, 'Read chapter 3 aloud'], [false, 'Ask 林舟 for the other edition']),
  table(['Reader', 'Pages an hour', 'Turned back'], ['Anna', '22', '6 times'], ['顾晚', '18', '11 times']),
  paragraph('If ', inlineMaths('p'), ' is the pace and ', inlineMaths('r'), ' how often one returns, then'),
  maths('S = \\sum_{i=1}^{n} \\frac{r_i}{p_i} \\quad \\text{for } p_i > 0'),
  code(
    'typescript',
    "const slow = (pages: number, hours = 1) => pages / hours < 20 // 'slow' enough\nexport { slow }",
  ),
  {
    type: 'blockquote',
    content: [paragraph('One must be an inventor to read well.')],
  },
  {
    type: 'orderedList',
    content: ['First', 'Then'].map((one) => ({ type: 'listItem', content: [paragraph(one)] })),
  },
)
const LONG =
  'Notes on how the reading rooms of the lower Yangtze cities came to be, and what became of the people who kept them'
const documents = [
  info(1, 'Reading as exercise', {
    ...{
      excerpt: opening.slice(0, 120),
      word_count: 1240,
      open_threads: 1,
      edited_at: ago(4),
      starred: true,
    },
  }),
  info(2, 'Minutes, 13 November', {
    ...{ excerpt: 'Present: Maya, 顾晚, Teo. We agreed to read two chapters a week.', word_count: 318 },
    ...{ edited_by: person(3), edited_at: ago(60 * 26) },
  }),
  info(3, LONG, {
    excerpt: 'The first of them had no catalogue.',
    word_count: 5210,
    edited_at: ago(60 * 50),
  }),
  info(4, '慢读札记：关于二十世纪上半叶长江下游城市中公共阅读空间的若干想法与摘抄', {
    ...{
      excerpt: '慢不是速度，是你愿意回头的次数。',
      word_count: 860,
      workspace_id: uuid(52),
      edited_by: person(5),
    },
  }),
  info(5, 'Glossary of hard words', { visibility: 'private', word_count: 92, edited_at: ago(60 * 24 * 9) }),
  info(6, '', { word_count: 0, edited_by: null, workspace_id: uuid(51), edited_at: ago(60 * 24 * 20) }),
]
const update = updateOf(essay)
const threads = [
  thread(
    1,
    anchorIn(update, ', and he means it as the athletes did: a thing done daily, and never finished'),
    [
      [3, 12, '“Never finished” is ours, not his. Can we say so, or quote him?'],
      [2, 4, 'Agreed. I’ll mark it as ours.'],
    ],
  ),
  thread(2, anchorIn(update, 'He is afraid of having too many books'), [[5, 55, 'Letter 2, is it not?']]),
]
const versions = [
  version(1, 130, {
    kind: 'named',
    name: 'Before the meeting',
    authors: [person(5)],
    words_added: 212,
    words_removed: 40,
  }),
  version(2, 60 * 15),
  version(3, 60 * 22, {
    ...{ kind: 'merge', words_added: 31, words_removed: 0, authors: [person(3)] },
    collisions: [{ mine: 'Slowness is a habit.', theirs: 'Slowness is a choice.' }],
  }),
]
const shown = {
  handlers: [documentHandlers({ documents, threads, versions, before: earlier })],
  documents: {
    [uuid(701)]: {
      update,
      awareness: writersIn(update, [
        [5, 'the hours it took'],
        [2, 'too little li'],
      ]),
    },
    [uuid(702)]: { update: updateOf(workshop) },
  },
}
const path = `/documents/${uuid(701)}`
const files = { [`/blobs/${uuid(900)}`]: waldenFile() }
const written = (page: Page) => page.locator('.doc-text .tiptap p').first().waitFor()

const collided = async (page: Page) => {
  await written(page)
  await page.evaluate(
    async ([documentId, mine, theirs, base]) => {
      const [{ name } = { name: '' }] = (await indexedDB.databases()).filter((one) =>
        one.name?.startsWith('stoa-'),
      )
      const database = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open(name ?? '')
        request.onsuccess = () => resolve(request.result)
      })
      const node = (words: string) => ({ type: 'paragraph', content: [{ type: 'text', text: words }] })
      const store = database.transaction('collisions', 'readwrite').objectStore('collisions')
      const at = Date.now()
      const sides = { base: node(base), mine: node(mine), theirs: node(theirs) }
      store.put({ id: 'a', documentId, blockId: '1:1', kind: 'both', ...sides, at })
      store.put({
        id: 'b',
        documentId,
        blockId: '1:2',
        kind: 'removed-by-them',
        ...sides,
        theirs: undefined,
        at,
      })
      await new Promise((resolve) => {
        store.transaction.oncomplete = resolve
      })
      database.close()
    },
    [
      uuid(701),
      'Slowness is not a pace. It is how many times you are willing to turn back, and to begin again.',
      'Slowness is no pace at all. It is how often you are willing to turn back.',
      'Slowness is not a pace. It is how many times you are willing to turn back.',
    ] as const,
  )
  await page.goto(`${page.url().split('?')[0]}?panel=collisions`)
  await page.locator('.collision').nth(1).waitFor()
}

export const shots: Shot[] = [
  { name: 'documents', path: '/documents', ...shown },
  { name: 'documents-none', path: '/documents', handlers: [documentHandlers({ documents: [] })] },
  {
    name: 'documents-trash',
    path: '/documents?view=trash',
    handlers: [documentHandlers({ documents: [info(1, 'Reading as exercise', { trashed_at: ago(60) })] })],
    widths: [1440],
  },
  {
    name: 'documents-document',
    path,
    ...shown,
    act: async (page) => {
      await written(page)
      await page.locator('.doc-text .cmh').first().click()
    },
  },
  {
    name: 'documents-workshop',
    path: `/documents/${uuid(702)}`,
    ...shown,
    act: async (page) => {
      await page.locator('.katex-display').waitFor()
      await page.locator('.hljs-keyword').first().waitFor()
      await page.locator('.doc-text td').first().click()
    },
  },
  {
    name: 'documents-slash',
    path,
    ...shown,
    act: async (page) => {
      await written(page)
      await page.locator('.doc-text li').last().click()
      await page.keyboard.press('End')
      await page.keyboard.press('Enter')
      await page.keyboard.type('/')
      await page.locator('.completion .li').first().waitFor()
    },
  },
  {
    name: 'documents-comments',
    path: `${path}?panel=comments`,
    ...shown,
    act: (page) => page.locator('.card.cm').nth(1).waitFor(),
    widths: [390],
  },
  {
    name: 'documents-versions',
    path: `${path}?panel=versions&version=${uuid(7601)}`,
    ...shown,
    act: (page) => page.locator('.diff ins').first().waitFor(),
    widths: [1440],
  },
  {
    name: 'documents-version-list',
    path: `${path}?panel=versions`,
    ...shown,
    act: (page) => page.locator('.version-row').first().waitFor(),
    widths: [390],
  },
  { name: 'documents-collisions', path, ...shown, act: collided },
  {
    name: 'documents-share',
    path,
    ...shown,
    act: async (page) => {
      await written(page)
      await page.locator('.top [aria-haspopup=menu]').last().click()
      await page.keyboard.press('Escape')
      const button = page.locator('.top .btn')
      if (await button.isVisible()) await button.click()
      await page.locator('[role=dialog], .doc-text').first().waitFor()
    },
    widths: [1440],
  },
  {
    name: 'documents-room',
    path: `/rooms/${uuid(401)}?document=${uuid(701)}`,
    documents: shown.documents,
    handlers: [...shown.handlers, roomHandlers([room(1, 'Thursday reading')], [])],
    act: written,
  },
  {
    name: 'documents-book',
    path: `/books/${uuid(900)}?document=${uuid(701)}`,
    documents: shown.documents,
    handlers: [readerHandlers(files), ...shown.handlers],
    files,
    act: async (page) => {
      await page.locator('.scrub').waitFor()
      await written(page)
    },
  },
  {
    name: 'documents-gone',
    path,
    handlers: [
      {
        ...documentHandlers({ documents: [] }),
        getDocument: () => ({
          status: 404,
          problem: { type: '', title: '', status: 404, code: 'document.not_found', request_id: '' },
        }),
      },
    ],
    widths: [1440],
  },
]
