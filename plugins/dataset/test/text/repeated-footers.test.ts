import {expect} from 'chai'

import {repeatedFooters, stripFooters} from '#src/text/repeated-footers.js'

const bodies = [
  'Дождь в Москве.',
  'Пожар в Твери.',
  'Снег в Омске.',
  'Матч в Казани.',
  'Суд в Туле.',
  'Выставка в Перми.',
]
const withFooter = (...footer: string[]) => bodies.map(body => [body, ...footer].join('\n'))
const lines = (posts: string[], options?: {minPosts?: number; minShare?: number}) =>
  repeatedFooters(posts, options).map(({line}) => line)

describe('repeatedFooters', () => {
  it('finds the line that posts end with, in matching form', () => {
    expect(repeatedFooters(withFooter('', '😄— Подписаться'))).to.deep.equal([{line: '😄— подписаться', posts: 6}])
  })

  it('finds a footer of several lines', () => {
    expect(lines(withFooter('', 'Подписывайтесь на нас', '', '@proglib'))).to.have.members([
      'подписывайтесь на нас',
      '@proglib',
    ])
  })

  it('finds adverts that take turns', () => {
    const posts = [...withFooter('Наш чат'), ...withFooter('Наш бот')].map((post, index) => `${index} ${post}`)
    expect(lines(posts)).to.have.members(['наш чат', 'наш бот'])
  })

  it('takes copies of one post for one', () => {
    expect(lines(Array.from({length: 50}, () => 'Курс по Go.\nЗаписаться'))).to.deep.equal([])
  })

  it('needs enough posts, in number and in share', () => {
    const few = [
      ...withFooter('Читать').slice(0, 4),
      ...Array.from({length: 30}, (_, index) => `Текст\nконец ${index}`),
    ]
    expect(lines(few)).to.deep.equal([])
    expect(lines(few, {minPosts: 4})).to.deep.equal(['читать'])
    expect(lines(few, {minPosts: 4, minShare: 0.5})).to.deep.equal([])
  })

  it('does not take a post of one line for a footer', () => {
    expect(lines(Array.from({length: 10}, () => 'Доброе утро!'))).to.deep.equal([])
  })

  it('finds nothing in nothing', () => {
    expect(repeatedFooters([])).to.deep.equal([])
  })
})

describe('stripFooters', () => {
  it('takes footers and blank lines off the end, and leaves the rest as it is', () => {
    const footers = repeatedFooters(withFooter('', 'Подписаться'))
    expect(stripFooters('Первая\n\n  Вторая «строка»\n\nПОДПИСАТЬСЯ\n', footers)).to.equal(
      'Первая\n\n  Вторая «строка»',
    )
  })

  it('leaves the same line in the middle of a post', () => {
    expect(stripFooters('Читать\nДальше', [{line: 'читать'}])).to.equal('Читать\nДальше')
  })

  it('leaves nothing of a post that is all footer', () => {
    expect(stripFooters('Читать\n', [{line: 'читать'}])).to.equal('')
  })
})
