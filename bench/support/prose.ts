import { Dice } from '@stoa/testkit/books/random'

/**
 * Text whose words are as unevenly common as in books: ranks by Zipf and Mandelbrot, and words that a book has for itself,
 * again and again. English words beyond the function words are made of syllables; Chinese ones are those two characters that
 * the dictionary of `Intl.Segmenter` holds for a word, so that they are cut as in a book.
 */

const ENGLISH_FUNCTION_WORDS =
  'the of and to a in that it is was i for on you he be with as by at have are this not but had his they from she which or we an there her were one do been all their has would will what if can when so no my who more about him them out up into then than its your me could some these only other now over like just our how also did being before after most where very such those through down between because each while should any both same own too here under again why against during few once off above below until nor does itself'.split(
    ' ',
  )
const CHINESE_FUNCTION_WORDS = Array.from(
  '的了是在我有他不这也就人都说要你来到们会着没看她上去好那又把给很下能过多对还与为从以之中其',
)
const HAN = Array.from(
  '一国大年生学工地主发成动同方法部行面家电力理小自心高实物现书见意明文天日月水火山石土田木林花草春夏秋冬风雨雪云河海江湖城市村路桥门房屋车马牛羊鱼鸟虫金银铁铜玉米麦饭茶酒油衣布丝线纸笔刀船军民士农商官王子女父母兄弟姐妹亲友师徒老少男手足头目口耳鼻舌身体血骨皮毛声音言语字词诗歌画舞戏剧本事业务情感思想知识道德公平正义和战争胜败利害得失真假善恶美丑新旧远近左右前后东西南北内外古今早晚快慢轻重长短宽窄深浅冷热干湿强弱贫富安危世界社历史政治经济教育科技艺术宗教医药运转变化开关进出起落升降来往交通信息问答求学习作品质量数字空间时代期望希望愿意志气力度制定决议论证明白黑红绿青黄光影色彩形式样子模型号码机器具备用途径直接连续保护卫生活命令人员工程序列表示例如果然而且夫妻儿童年轻',
)
const SYLLABLES = {
  onsets: 'b c d f g h j k l m n p r s t v w br cl cr dr fl gr pl pr sc sh sp st str th tr'.split(' '),
  nuclei: 'a e i o u ai ea ee oa ou'.split(' '),
  codas: ['', 'l', 'm', 'n', 'r', 's', 't', 'd', 'nd', 'nt', 'st', 'rk', 'ck', 'ng'],
}

const ENGLISH_WORDS = 40_000
const TABLE = 1 << 20
/** Words that a book has for itself, and how much of its text they are. */
const TOPIC = { words: 300, share: 0.12 }
const LENGTH = { en: 115, zh: 105 }

type Language = 'en' | 'zh'

interface Vocabulary {
  readonly words: readonly string[]
  /** So many of the first are function words, which nobody looks for. */
  readonly functionWords: number
  /** Rank of a word for a number drawn evenly. */
  readonly ranks: Uint16Array
}

export interface GeneratedPassage {
  readonly text: string
  /** Its words in order, punctuation left out. */
  readonly words: readonly string[]
  /** Of them, each once, those that somebody would look for: no function words. */
  readonly contentWords: readonly string[]
  readonly language: Language
}

const distinct = (words: readonly string[]): string[] => [...new Set(words)]

/** Probability of rank r in proportion to 1 / (r + 2.7) (Mandelbrot 1953). */
function rankTable(count: number): Uint16Array {
  const weights = Array.from({ length: count }, (_, rank) => 1 / (rank + 1 + 2.7))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const table = new Uint16Array(TABLE)
  let at = 0
  let sum = 0
  for (const [rank, weight] of weights.entries()) {
    sum += weight
    const end = Math.round((sum / total) * TABLE)
    table.fill(rank, at, end)
    at = Math.max(at, end)
  }
  return table
}

function englishVocabulary(dice: Dice): Vocabulary {
  const syllable = () =>
    dice.pick(SYLLABLES.onsets) + dice.pick(SYLLABLES.nuclei) + dice.pick(SYLLABLES.codas)
  const made = Array.from({ length: ENGLISH_WORDS + 10_000 }, (_, index) =>
    // Common words are shorter than rare ones.
    Array.from({ length: index < 400 ? 1 : dice.between(2, 3) }, syllable).join(''),
  )
  const words = distinct([...ENGLISH_FUNCTION_WORDS, ...made]).slice(0, ENGLISH_WORDS)
  return { words, functionWords: ENGLISH_FUNCTION_WORDS.length, ranks: rankTable(words.length) }
}

function chineseVocabulary(dice: Dice): Vocabulary {
  const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })
  const isWord = (text: string) => segmenter.segment(text).containing(0)?.segment === text
  const characters = distinct(HAN)
  const pairs = characters.flatMap((first) => characters.map((second) => first + second)).filter(isWord)
  const order = new Map(pairs.map((pair) => [pair, dice.unit()]))
  const mixed = pairs.toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
  const words = distinct([...CHINESE_FUNCTION_WORDS, ...mixed])
  return { words, functionWords: CHINESE_FUNCTION_WORDS.length, ranks: rankTable(words.length) }
}

/** Every other book is Chinese. Text depends on `seed` and the number of the book alone. */
export class Prose {
  readonly #seed: number
  readonly #vocabulary: Readonly<Record<Language, Vocabulary>>

  constructor(seed: number) {
    const dice = new Dice(seed)
    this.#seed = seed
    this.#vocabulary = { en: englishVocabulary(dice), zh: chineseVocabulary(dice) }
  }

  book(index: number, passages: number): GeneratedPassage[] {
    const language = index % 2 === 0 ? 'en' : 'zh'
    const dice = new Dice(this.#seed * 1_000_003 + index)
    const { words, functionWords, ranks } = this.#vocabulary[language]
    const topic = Array.from({ length: TOPIC.words }, () => dice.between(functionWords, words.length - 1))
    const rank = () =>
      (dice.unit() < TOPIC.share ? dice.pickEarly(topic) : ranks[Math.floor(dice.unit() * TABLE)]) ?? 0
    const wordsOf = (chosen: readonly number[]) => chosen.map((at) => words[at] ?? '')
    return Array.from({ length: passages }, () => {
      const chosen = Array.from({ length: dice.between(LENGTH[language] - 25, LENGTH[language] + 25) }, rank)
      return {
        text: punctuated(wordsOf(chosen), language, dice),
        words: wordsOf(chosen),
        contentWords: distinct(wordsOf(chosen.filter((at) => at >= functionWords))),
        language,
      }
    })
  }
}

function punctuated(words: readonly string[], language: Language, dice: Dice): string {
  const [blank, comma, stop] = language === 'en' ? [' ', ', ', '. '] : ['', '，', '。']
  let text = ''
  for (const word of words) {
    const after = dice.unit()
    text += word + (after < 0.06 ? stop : after < 0.12 ? comma : blank)
  }
  return text
}
