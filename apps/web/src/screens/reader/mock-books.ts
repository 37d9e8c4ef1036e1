/** Paragraphs of the third chapter of Walden (1854). */
export const walden = [
  'With a little more deliberation in the choice of their pursuits, all men would perhaps become essentially students and observers, for certainly their nature and destiny are interesting to all alike. In accumulating property for ourselves or our posterity, in founding a family or a state, or acquiring fame even, we are mortal; but in dealing with truth we are immortal, and need fear no change nor accident.',
  'My residence was more favorable, not only to thought, but to serious reading, than a university; and though I was beyond the range of the ordinary circulating library, I had more than ever come within the influence of those books which circulate round the world, whose sentences were first written on bark, and are now merely copied from time to time on to linen paper.',
  'I kept Homer’s Iliad on my table through the summer, though I looked at his page only now and then. Incessant labor with my hands, at first, for I had my house to finish and my beans to hoe at the same time, made more study impossible. Yet I sustained myself by the prospect of such reading in future.',
  'The student may read Homer or Æschylus in the Greek without danger of dissipation or luxuriousness, for it implies that he in some measure emulate their heroes, and consecrate morning hours to their pages.',
  'To read well, that is, to read true books in a true spirit, is a noble exercise, and one that will task the reader more than any exercise which the customs of the day esteem. It requires a training such as the athletes underwent, the steady intention almost of the whole life to this object. Books must be read as deliberately and reservedly as they were written.',
  'No wonder that Alexander carried the Iliad with him on his expeditions in a precious casket. A written word is the choicest of relics. It is something at once more intimate with us and more universal than any other work of art. It is the work of art nearest to life itself.',
] as const

/** Paragraphs of 故乡 (1921). */
export const hometown = [
  '我冒了严寒，回到相隔二千余里，别了二十余年的故乡去。',
  '时候既然是深冬；渐近故乡时，天气又阴晦了，冷风吹进船舱中，呜呜的响，从篷隙向外一望，苍黄的天底下，远近横着几个萧索的荒村，没有一些活气。我的心禁不住悲凉起来了。',
  '阿！这不是我二十年来时时记得的故乡？',
  '我所记得的故乡全不如此。我的故乡好得多了。但要我记起他的美丽，说出他的佳处来，却又没有影像，没有言辞了。仿佛也就如此。于是我自己解释说：故乡本也如此，——虽然没有进步，也未必有如我所感的悲凉，这只是我自己心情的改变罢了，因为我这次回乡，本没有什么好心绪。',
  '我在朦胧中，眼前展开一片海边碧绿的沙地来，上面深蓝的天空中挂着一轮金黄的圆月。我想：希望是本无所谓有，无所谓无的。这正如地上的路；其实地上本没有路，走的人多了，也便成了路。',
] as const

/** Where words stand: the CFI of them in a chapter and a paragraph, both counted from 0. */
export function cfiOf(
  paragraphs: readonly string[],
  chapterAt: number,
  paragraphAt: number,
  words: string,
): string {
  const from = (paragraphs[paragraphAt] ?? '').indexOf(words)
  const place = `/6/${2 * (chapterAt + 1)}!/4/${2 * (paragraphAt + 2)}`
  return `epubcfi(${place},/1:${from},/1:${from + words.length})`
}
