import {expect} from 'chai'

import {digestHeading, escapeMarkdown, postLink, postFinder} from '#src/domain/digest-markdown.js'
import {outlineOf} from '#src/domain/digest-outline.js'
import {counted, dayInWords} from '#src/domain/russian-words.js'

describe('russian-words', () => {
  it('writes a day in words', () => {
    expect(dayInWords('2024-11-04')).to.equal('4 ноября 2024 года, понедельник')
    expect(dayInWords('2024-02-29')).to.equal('29 февраля 2024 года, четверг')
  })

  it('counts as Russian does', () => {
    expect([1, 2, 5, 11, 12, 21, 22, 111, 0].map(amount => counted(amount, ['пост', 'поста', 'постов']))).to.deep.equal(
      ['1 пост', '2 поста', '5 постов', '11 постов', '12 постов', '21 пост', '22 поста', '111 постов', '0 постов'],
    )
  })
})

describe('digest-markdown', () => {
  it('heads a digest with channel, day and number of posts', () => {
    expect(digestHeading('@habr', '2024-11-11', 21)).to.equal(
      '# @habr: 11 ноября 2024 года, понедельник\n\nЗа день — 21 пост.',
    )
  })

  it('says in one line that the posts are invented', () => {
    expect(digestHeading('@demo', '2024-11-11', 5, {synthetic: true})).to.equal(
      '# @demo: 11 ноября 2024 года, понедельник\n\nЗа день — 5 постов. Посты этого дня вымышлены, дайджест синтетический.',
    )
  })

  it('escapes marks, and leaves low lines inside words alone', () => {
    expect(escapeMarkdown('*a* [b] snake_case _c_ `d` <e> ~~f~~')).to.equal(
      String.raw`\*a\* \[b\] snake_case \_c\_ \`d\` \<e\> \~\~f\~\~`,
    )
    expect(escapeMarkdown('1. Первое')).to.equal(String.raw`1\. Первое`)
    expect(escapeMarkdown('- Второе')).to.equal(String.raw`\- Второе`)
  })

  it('gives back by the outline what was escaped', () => {
    for (const text of ['*a* [b](c) snake_case _c_', '1. Первое', 'Тяжёлый H[ssemble] и 5 > 3', '# не заголовок'])
      expect(outlineOf(`- ${escapeMarkdown(text)} [пост](#post-1)`).bullets[0]?.text, text).to.equal(text)
  })

  it('links a post by its address or by its place', () => {
    expect(postLink({post_id: '7', url: 'https://t.me/a/7'})).to.equal('https://t.me/a/7')
    expect(postLink({post_id: '20241104-1'})).to.equal('#post-20241104-1')
  })
})

describe('digest-outline', () => {
  it('reads headings, bullets of any kind, paragraphs and links', () => {
    const outline = outlineOf(
      '# Канал\n\nЗа день.\n\n* Один [пост](https://t.me/a/1)\n  и ещё строка\n1. Два <https://t.me/a/2>\n\n## Прочее\n\nКонец https://t.me/a/3.',
    )
    expect(outline.headings).to.deep.equal([
      {level: 1, text: 'Канал'},
      {level: 2, text: 'Прочее'},
    ])
    expect(outline.bullets.map(({text}) => text)).to.deep.equal(['Один и ещё строка', 'Два'])
    expect(outline.paragraphs).to.deep.equal(['За день.', 'Конец .'])
    expect(outline.links.map(({target}) => target)).to.deep.equal([
      'https://t.me/a/1',
      'https://t.me/a/2',
      'https://t.me/a/3',
    ])
  })
})

describe('post-finder', () => {
  const find = postFinder('@habr', [{post_id: '7', url: 'https://t.me/habr/7'}, {post_id: '20241104-1'}])

  it('finds a post by any spelling of its address', () => {
    for (const target of [
      'https://t.me/habr/7',
      'http://telegram.me/s/Habr/7',
      'https://t.me/habr/7?single',
      '#post-20241104-1',
    ])
      expect(find(target), target).not.to.equal(undefined)
  })

  it('finds nothing behind a link to another post, channel or site', () => {
    for (const target of ['https://t.me/habr/8', 'https://t.me/proglib/7', 'https://example.com/7', '#post-2', ''])
      expect(find(target), target).to.equal(undefined)
  })
})
