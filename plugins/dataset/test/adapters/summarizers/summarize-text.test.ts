import {expect} from 'chai'

import {summarizeText} from '#src/adapters/summarizers/summarize-day.js'

const PARAGRAPHS = [
  '**Учёные института открыли новую комету за орбитой Юпитера.** Подробности [в статье](https://example.org).',
  'Мэрия Москвы отремонтирует 12 станций метро к 2025 году, сообщила пресс-служба города.',
  'Подписывайтесь на наш канал!',
  'Банк России повысил ключевую ставку до 21 процента годовых на заседании в пятницу.',
]

describe('the summary of a text without posts', () => {
  it('tells the paragraphs in their order, without heading, links or calls to the reader', () => {
    const lines = summarizeText(PARAGRAPHS.join('\n\n')).trimEnd().split('\n')
    expect(lines).to.have.length(3)
    expect(lines[0]).to.equal('- Учёные института открыли новую комету за орбитой Юпитера.')
    expect(lines[1]).to.include('12 станций метро')
    expect(lines[2]).to.include('21 процента')
  })

  it('gives equal bytes for equal text', () => {
    const text = PARAGRAPHS.join('\n\n')
    expect(summarizeText(text)).to.equal(summarizeText(text))
  })

  it('keeps a text of nothing but questions in its own words, and has nothing to say about none', () => {
    expect(summarizeText('Что вы об этом думаете?')).to.equal('- Что вы об этом думаете?\n')
    expect(summarizeText(' \n\n🔥\n\n')).to.equal('')
  })

  it('takes a third of what is above seven paragraphs', () => {
    const many = Array.from(
      {length: 13},
      (_, n) => `Событие номер ${n}: город ${'абвгдежзиклмн'[n]}ск построил мост ${n + 3}.`,
    )
    expect(summarizeText(many.join('\n\n')).match(/^- /gmu)).to.have.length.within(7, 9)
  })
})
