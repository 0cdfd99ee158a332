import {expect} from 'chai'

import {type DigestOfDay, newsOfDay} from '#src/domain/missed-news.js'

const BRIDGE = [
  'Мэрия открыла движение по новому мосту через реку Яузу, работы шли два года.',
  'По новому мосту через Яузу открыли движение: мэрия говорит, что работы заняли два года.',
  'Мост через Яузу открыт для движения, сообщила мэрия. Работы шли два года.',
]
const OTHERS = [
  'Учёные показали прибор, который измеряет скорость ветра на высоте 12 км.',
  'Библиотека оцифровала три тысячи газет прошлого века.',
  'Команда выиграла матч со счётом 3:1 и вышла в финал кубка.',
]

/** Three channels: each has the bridge and something of its own, and a digest of these places among its posts. */
function day(told: readonly number[][], link = true): DigestOfDay[] {
  return ['@first', '@second', '@third'].map((channel, i) => {
    const posts = [BRIDGE[i] ?? '', OTHERS[i] ?? ''].map((text, n) => ({
      ...{post_id: `${10 * i + n}`, text, url: `https://t.me/${channel.slice(1)}/${10 * i + n}`},
    }))
    const lines = (told[i] ?? []).map(n => `- ${posts[n]?.text}${link ? ` [пост](${posts[n]?.url})` : ''}`)
    return {channel, posts, summary_markdown: ['# Дайджест', '', ...lines].join('\n')}
  })
}

describe('the news of a day', () => {
  it('that all channels tell is missed by the digest that lacks it, and by no other', () => {
    const {share, missed} = newsOfDay('2024-11-12', day([[0, 1], [0, 1], [1]]))
    expect(share).to.be.closeTo(2 / 3, 1e-9)
    expect(missed).to.deep.equal([
      {
        ...{kind: 'news_missed', day: '2024-11-12', channel: '@third', post: 'https://t.me/third/20'},
        sentence: 'Мост через Яузу открыт для движения, сообщила мэрия.',
      },
    ])
  })

  it('is found in a digest without links by what it says', () =>
    expect(newsOfDay('2024-11-12', day([[0], [0], [0]], false)).share).to.equal(1))

  it('that one channel alone tells is nobody’s miss', () =>
    expect(
      newsOfDay(
        '2024-11-12',
        day([[0], [0], [0]]).map(digest => ({...digest, posts: digest.posts.slice(1)})),
      ),
    ).to.deep.equal({
      share: null,
      missed: [],
    }))

  it('counts once for a channel that tells it twice', () => {
    const [first, ...rest] = day([[1], [0], [0]])
    const twice = {...first!, posts: [...first!.posts, {post_id: '7', text: BRIDGE[1]!, url: 'https://t.me/first/7'}]}
    expect(newsOfDay('2024-11-12', [twice, ...rest]).missed.map(({post}) => post)).to.deep.equal([
      'https://t.me/first/0',
    ])
  })
})
