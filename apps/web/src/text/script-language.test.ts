import { expect, it } from 'vitest'
import { scriptLanguage } from './script-language.ts'

it('tells the language by the script', () => {
  expect(scriptLanguage('希望是本无所谓有，无所谓无的。')).toBe('zh')
  expect(scriptLanguage('英译本里“路”变成了 roads')).toBe('zh')
  expect(scriptLanguage('In Chinese we would say 功夫: the training and the time are one word.')).toBe('en')
  expect(scriptLanguage('とても静か')).toBeUndefined()
  expect(scriptLanguage('1 + 1 = 2')).toBeUndefined()
})
