import { buildEpub, type EpubChapter } from './epub.ts'
import { buildPng } from './png.ts'
import { Dice } from './random.ts'

export interface GeneratedBook {
  /** File name. */
  name: string
  title: string
  author: string
  language: 'en' | 'zh'
  bytes: Uint8Array<ArrayBuffer>
}

const common =
  'the of and to a in that it was he for on with as his they be at one have this from or had by hot but some what there we can out other were all your when up use word how said an each she which do their time if will way about many then them would write like so these her long make thing see him two has look more day could go come did my sound no most number who over know water than call first people may down side been now find any new work part take get place made live where after back little only round man year came show every good me give our under name very through just form much great think say help low line before turn cause same mean differ move right boy old too does tell sentence set three want air well also play small end put home read hand port large spell add even land here must big high such follow act why ask men change went light kind off need house picture try us again animal point mother world near build self earth father'.split(
    ' ',
  )
const onsets =
  'b bl br c ch cl cr d dr f fl fr g gl gr h j k l m n p pl pr qu r s sc sh sl sp st str t th tr v w'.split(
    ' ',
  )
const nuclei = 'a ai au e ea ee i ie o oa oo ou u'.split(' ')
const codas = ' ck d ft l ld ll lm m mp n nd ng nt p r rd rk rm rn s sh st t th x'.split(' ')

const commonHan =
  '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严'
const han = Array.from(commonHan)

const names = [
  'Ash',
  'Birch',
  'Cole',
  'Dale',
  'Ember',
  'Finch',
  'Grove',
  'Hale',
  'Iris',
  'Jay',
  'Kestrel',
  'Lark',
  'Moss',
  'North',
]
const surnames = Array.from('赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨')

/** About 300 kB each: size of the text in characters, before it is packed. */
const characters = { en: 580_000, zh: 220_000 }

/**
 * `count` different books, every third one Chinese, generated one at a time. Text, titles and authors depend on `seed` and the
 * number of the book alone, so a part of the library can be made again.
 */
export function* largeLibrary(count: number, seed: number, first = 0): Generator<GeneratedBook> {
  for (let i = first; i < first + count; i++) yield generatedBook(seed, i)
}

export function generatedBook(seed: number, index: number): GeneratedBook {
  const dice = new Dice(seed * 1_000_003 + index)
  const language = index % 3 === 2 ? 'zh' : 'en'
  const write = language === 'zh' ? chineseWriter(dice) : englishWriter(dice)
  const title = write.title()
  const author =
    language === 'zh'
      ? dice.pick(surnames) + dice.pick(han) + dice.pick(han)
      : `${dice.pick(names)} ${dice.pick(names)}`
  const bytes = buildEpub({
    title,
    authors: [author],
    language,
    identifier: `urn:stoa-sample:${seed}-${index}`,
    chapters: chaptersOf(write, characters[language], dice),
    resources: [{ file: 'cover.png', mediaType: 'image/png', data: cover(dice), properties: 'cover-image' }],
  })
  return { name: `${String(index).padStart(6, '0')}.epub`, title, author, language, bytes }
}

interface Writer {
  title(): string
  paragraph(): string
}

function chaptersOf(write: Writer, size: number, dice: Dice): EpubChapter[] {
  const chapters: EpubChapter[] = []
  for (let written = 0; written < size; ) {
    const title = write.title()
    let body = `    <h1>${title}</h1>\n`
    for (let left = dice.between(12_000, 28_000); left > 0 && written < size; ) {
      const paragraph = write.paragraph()
      body += `    <p>${paragraph}</p>\n`
      left -= paragraph.length
      written += paragraph.length
    }
    chapters.push({ file: `chapter${chapters.length + 1}.xhtml`, title, body })
  }
  return chapters
}

function englishWriter(dice: Dice): Writer {
  const rare = Array.from({ length: 6000 }, () => {
    const syllables = dice.between(1, 3)
    return Array.from(
      { length: syllables },
      () => dice.pick(onsets) + dice.pick(nuclei) + dice.pick(codas),
    ).join('')
  })
  const word = () => (dice.unit() < 0.55 ? dice.pickEarly(common) : dice.pickEarly(rare))
  const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
  const sentence = () => {
    const words = Array.from({ length: dice.between(6, 26) }, word)
    return `${capital(words.join(' '))}${dice.pick(['.', '.', '.', '?', '!'])}`
  }
  return {
    title: () => Array.from({ length: dice.between(2, 4) }, () => capital(dice.pick(rare))).join(' '),
    paragraph: () => Array.from({ length: dice.between(2, 9) }, sentence).join(' '),
  }
}

function chineseWriter(dice: Dice): Writer {
  const words = Array.from({ length: 3000 }, () =>
    Array.from({ length: dice.between(1, 3) }, () => dice.pickEarly(han)).join(''),
  )
  const clause = () => Array.from({ length: dice.between(3, 9) }, () => dice.pickEarly(words)).join('')
  const sentence = () =>
    `${Array.from({ length: dice.between(1, 4) }, clause).join('，')}${dice.pick(['。', '。', '。', '？', '！'])}`
  return {
    title: () => Array.from({ length: dice.between(2, 3) }, () => dice.pick(words)).join(''),
    paragraph: () => Array.from({ length: dice.between(2, 8) }, sentence).join(''),
  }
}

/** Two colours and some grain, so that no two covers are alike and packing them costs what packing a picture costs. */
function cover(dice: Dice): Uint8Array<ArrayBuffer> {
  const [red, green, blue] = [dice.between(20, 220), dice.between(20, 220), dice.between(20, 220)]
  const band = dice.between(20, 200)
  return buildPng(160, 240, (_, y) => {
    const grain = dice.unit() * 8
    return y > band && y < band + 30 ? [240, 240 - grain, 230] : [red + grain, green + grain, blue + grain]
  })
}
