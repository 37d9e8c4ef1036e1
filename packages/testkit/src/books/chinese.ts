import { buildEpub, type EpubChapter } from './epub.ts'

/** Sentences that tests look for. Each occurs once in its book. */
export const chineseSentences = {
  vertical: '山中无历日，寒尽不知年。',
  ruby: '那座桥叫做听雨桥',
  horizontal: '图书馆在河的对岸，要过一座很窄的木桥才能到。',
  search: '借书的人很少，还书的人更少。',
} as const

const verticalChapters: EpubChapter[] = [
  {
    file: 'chapter1.xhtml',
    title: '第一章　入山',
    body: `    <section>
      <h1>第一章　入山</h1>
      <p>${chineseSentences.vertical}老人把这句话写在门板上，已经有三十多个年头了。字迹被雨水冲淡，又被他一笔一笔描深，到后来谁也说不清哪一笔是旧的，哪一笔是新的。</p>
      <p>山下的人偶尔上来，带一些盐、一些布，还有镇上的消息。消息总是迟到的，有时候迟了一年，有时候迟了十年，老人听了都只是点点头，好像那些事情原本就该在那个时候发生。</p>
      <p>这一年的秋天，一个<ruby>少<rp>(</rp><rt>shào</rt><rp>)</rp>年<rp>(</rp><rt>nián</rt><rp>)</rp></ruby>背着半袋米走进了山里。他走错了路，却没有往回走。</p>
    </section>`,
  },
  {
    file: 'chapter2.xhtml',
    title: '第二章　听雨',
    sections: [{ title: '桥', id: 'bridge' }],
    body: `    <section>
      <h1>第二章　听雨</h1>
      <p>雨下了整整七天。屋檐下的水缸满了，老人就让它满着。少年问他为什么不把水倒掉，老人说，满了的东西自己会找到出路。</p>
      <h2 id="bridge">桥</h2>
      <p>山谷里有一座石桥，${chineseSentences.ruby.replace('听雨', '<ruby>听<rt>tīng</rt></ruby><ruby>雨<rt>yǔ</rt></ruby>')}，是很久以前一个过路的和尚修的。桥上没有栏杆，桥下也没有河，只有雨天的时候，石缝里才会流出一线水来。</p>
    </section>`,
  },
]

/** Vertical writing from right to left, pages turning leftwards, ruby above names. */
export function chineseVertical(): Uint8Array<ArrayBuffer> {
  return buildEpub({
    title: '听雨桥',
    authors: ['林示例'],
    language: 'zh-Hans',
    identifier: 'urn:uuid:5f1c2d34-9a7b-4c1e-8d2f-0a1b2c3d4e5f',
    css: 'html { writing-mode: vertical-rl; -epub-writing-mode: vertical-rl; -webkit-writing-mode: vertical-rl }',
    progression: 'rtl',
    chapters: verticalChapters,
  })
}

/** The same language in lines, with longer paragraphs than one passage holds. */
export function chineseHorizontal(): Uint8Array<ArrayBuffer> {
  const long =
    '那一年春天，河水涨得很高，木桥被冲走了一半。镇上的人说，反正也没有人去借书，不如等到秋天再修。可是第二天清早，大家看见管理员一个人站在水里，把木板一块一块地捞起来，放在岸边晾干。他没有叫任何人帮忙，也没有看岸上的人一眼。到了中午，有个孩子脱了鞋，跟着他走进水里。接着又是一个。到了傍晚，桥又通了，比原来还要宽一些。'
  const chapter = (n: number, title: string, body: string): EpubChapter => ({
    file: `chapter${n}.xhtml`,
    title,
    body: `    <h1>${title}</h1>\n${body}`,
  })
  return buildEpub({
    title: '河对岸的图书馆',
    authors: ['周示例', '陈示例'],
    language: 'zh-CN',
    identifier: 'urn:uuid:0b8e2c1a-3d4f-4a5b-9c6d-7e8f90a1b2c3',
    metadata:
      '    <meta name="calibre:series" content="小镇"/>\n    <meta name="calibre:series_index" content="1.5"/>\n',
    css: 'p { text-indent: 2em }',
    chapters: [
      chapter(
        1,
        '第一回　木桥',
        `    <p>${chineseSentences.horizontal}管理员姓周，每天早上七点过桥，晚上七点再过回来，中间的十二个小时里，他几乎不说一句话。</p>\n    <p>${long}</p>\n    <p>${long.replaceAll('春天', '夏天').replaceAll('木桥', '石阶')}</p>`,
      ),
      chapter(
        2,
        '第二回　借书',
        `    <p>${chineseSentences.search}管理员并不在意，他说书和人一样，走出去了，就有它自己的路。</p>\n    <p>只有一本书例外。那是一本没有名字的书，放在最高的一层架子上，谁也没有借过，谁也没有见他取下来过。</p>`,
      ),
    ],
  })
}
