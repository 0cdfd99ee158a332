import {expect} from 'chai'
import {assert, integer, property, record, string} from 'fast-check'

import {findJson, readNumber} from '#src/text/index.js'

const VALUE = {score: 9, why: 'Скобка } и ``` в строке, "кавычки" и \\ черта', quotes: ['а', '{б}']}
const TEXT = JSON.stringify(VALUE)
const PRETTY = JSON.stringify(VALUE, null, 2)

const read = (json: unknown) =>
  typeof json === 'object' && json !== null && 'score' in json ? {value: json} : {problem: 'нет score'}

describe('JSON in a reply', () => {
  const WRAPPED: Record<string, string> = {
    bare: TEXT,
    'a byte order mark': `\ufeff${TEXT}`,
    blanks: `\n\n  ${PRETTY}\n`,
    '```json': `\`\`\`json\n${PRETTY}\n\`\`\``,
    '```JSON': `\`\`\`JSON\n${TEXT}\n\`\`\``,
    '```json5': `\`\`\`json5\n${TEXT}\n\`\`\``,
    '``` alone': `\`\`\`\n${TEXT}\n\`\`\``,
    '```json without line breaks': `\`\`\`json${TEXT}\`\`\``,
    '~~~': `~~~\n${TEXT}\n~~~`,
    '~~~json': `~~~json\n${TEXT}\n~~~`,
    'an unclosed fence': `\`\`\`json\n${TEXT}`,
    'prose before': `Вот оценка: ${TEXT}`,
    'prose after': `${TEXT}\n\nНадеюсь, это поможет! {-:`,
    'prose around a fence': `Вот оценка (см. [1]):\n\n\`\`\`json\n${TEXT}\n\`\`\`\n\nГотово :}`,
    'a draft before': `Черновик: {"why": "…"}\n${TEXT}`,
    'a sketch of the form': `Форма {"имя": …} такая, ответ: ${TEXT}`,
    'itself twice': `${TEXT}\n\nПовторю:\n${TEXT}`,
    thinking: `<think>Может, {"score": 3}? Нет.</think>${TEXT}`,
    'thinking closed alone': `Может, {"score": 3}? Нет.</think>${TEXT}`,
    'a steering token': `${TEXT}<|im_end|>`,
    harmony: `<|channel|>analysis<|message|>{"score": 1}<|end|><|start|>assistant<|channel|>final<|message|>${TEXT}`,
    'a list of one': `[${TEXT}]`,
    'an object around it': `{"result": ${TEXT}}`,
    'a string that holds it': JSON.stringify(TEXT),
    'a fenced list of one in prose': `Вот:\n\`\`\`json\n[${TEXT}]\n\`\`\``,
    'a comma too many': `{"score": 9, "why": ${JSON.stringify(VALUE.why)}, "quotes": ["а", "{б}",],}`,
    'a comment': `{"score": 9, // девять\n"why": ${JSON.stringify(VALUE.why)}, /* да */ "quotes": ["а", "{б}"]}`,
    'keys without quotes': `{score: 9, why: ${JSON.stringify(VALUE.why)}, quotes: ['а', '{б}']}`,
  }
  for (const [name, reply] of Object.entries(WRAPPED))
    it(`is found: ${name}`, () => expect(findJson(reply, read)).to.deep.equal({value: VALUE}))

  it('is found with line breaks in its strings', () => {
    expect(findJson('{"score": 9, "why": "одно\nдва\tтри"}', read)).to.deep.equal({
      value: {score: 9, why: 'одно\nдва\tтри'},
    })
  })

  const LACKING: Record<string, [string, string]> = {
    nothing: ['', 'ответ пуст'],
    'a reply without end': ['{'.repeat(2_000_000), 'ответ слишком длинный'],
    'thinking alone': ['<think>{"score": 9}', 'ответ пуст'],
    prose: ['Оценка 9 из 10', 'это не объект JSON'],
    'half an object': ['{"score": 9, "why": "на са', 'это не объект JSON'],
    'half an object in prose': ['Вот: {"score": 9, "why": "на са', 'это не объект JSON'],
    'a number': ['9', 'это не объект JSON'],
    'another object': ['{"mark": 9}', 'нет score'],
    'two in a list': ['[{"score": 9}, {"score": 9}]', 'нет score'],
    'two that differ': ['{"score": 9} или {"score": 8}', 'в нём несколько разных объектов JSON'],
  }
  for (const [name, [reply, problem]] of Object.entries(LACKING))
    it(`is missed with a reason: ${name}`, () => expect(findJson(reply, read)).to.deep.equal({problem}))

  it('comes through any prose that has no braces', () => {
    const prose = string({unit: 'grapheme', maxLength: 60}).filter(text => !/[{}<>◁|[\]]|analysis/u.test(text))
    const value = record({score: integer(), note: string({unit: 'grapheme'})})
    assert(
      property(prose, value, prose, (before, json, after) => {
        expect(findJson(`${before}\n${JSON.stringify(json)}\n${after}`, read)).to.deep.equal({value: json})
      }),
    )
  })

  it('is short work for any text', () => {
    for (const unit of ['{', '{"', '[', '{"a":', '}', '```json\n{', "{'", '{/*', '\\"']) {
      const from = process.cpuUsage()
      findJson(`{"${unit.repeat(200_000 / unit.length)}}`, read)
      expect(process.cpuUsage(from).user / 1000, unit).to.be.below(5000)
    }
  })
})

describe('a number that a model wrote', () => {
  for (const [value, highest, number] of [
    [9, 10, 9],
    ['9', 10, 9],
    [' 9 ', 10, 9],
    ['9.5', 10, 9.5],
    ['9,5', 10, 9.5],
    ['0,9', 1, 0.9],
    ['9/10', 10, 9],
    ['9 из 10', 10, 9],
    ['9 out of 10', 10, 9],
    ['9/10', 1, 0.9],
    ['0,900', 1, 0.9],
    ['9/10', 5, undefined],
    ['11/10', 10, undefined],
    ['1,234', 10, undefined],
    ['90 %', 10, undefined],
    ['8-9', 10, undefined],
    ['девять', 10, undefined],
    ['', 10, undefined],
    ['1e3', 10, undefined],
    ['0x9', 10, undefined],
    [Number.NaN, 10, undefined],
    [null, 10, undefined],
    [true, 10, undefined],
    [[9], 10, undefined],
  ] as const)
    it(`${JSON.stringify(value)} on a scale to ${highest} is ${number}`, () =>
      expect(readNumber(value, highest)).to.equal(number))
})
