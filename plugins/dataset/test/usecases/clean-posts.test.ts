import {expect} from 'chai'

import type {SourcePost} from '#src/domain/posts.js'
import {cleanPosts, gapReason} from '#src/usecases/clean-posts.js'
import {FIVE_CHANNELS, NOVEMBER, realCleanPosts, realPosts} from '../sample/channels.ts'

const DAY = '2024-11-11'

function post(post_id: string, text: string, changes: Partial<SourcePost> = {}): SourcePost {
  const published_at = new Date(Date.UTC(2024, 10, 11, 6, Number(post_id) % 60))
  return {channel: {username: 'demo'}, post_id, published_at, text, ...changes}
}

function clean(...posts: SourcePost[]) {
  const {byDay, dropped} = cleanPosts(new Map([[DAY, posts]]), '@demo')
  return {posts: byDay.get(DAY) ?? [], dropped}
}

describe('clean-posts', () => {
  it('keeps the author’s Markdown and adds readable text', () => {
    const [cleaned] = clean(post('1', '**Новый** [мост](https://example.com) открыт\u200B.\n\n\nОн   длинный.')).posts
    expect(cleaned?.text).to.include('**Новый**')
    expect(cleaned?.plain).to.equal('Новый мост открыт.\nОн длинный.')
  })

  it('gives a numbered post its address, and no address to a post with another kind of number', () => {
    const {posts} = clean(post('7', 'Новость первая.'), post('20241111-1', 'Новость вторая.'))
    expect(posts.map(({url}) => url)).to.have.members(['https://t.me/demo/7', undefined])
  })

  it('marks paid posts by the mark that the law demands, also when it stands in a link', () => {
    const {dropped} = clean(
      post('1', 'Купите слона. Реклама. ООО «Слон», erid: 2Vtz'),
      post('2', 'Лучший [слон](https://example.com/?erid=2VtzqX)'),
      post('3', 'Слоны дня #реклама'),
      post('4', 'Слоновья реклама стала дороже на 5%, сообщили в зоопарке.'),
      post('5', 'Звери и период спячки: что нового.'),
    )
    expect(dropped.advert).to.equal(3)
  })

  it('marks a channel’s own sale by several signs, and no news that has one of them', () => {
    const {dropped} = clean(
      post('1', 'Скидка по промокоду СЛОН! Успейте купить билет, только до пятницы.'),
      post('2', 'Большой театр откроет продажу билетов, купить их можно на сайте.'),
    )
    expect(dropped.advert).to.equal(1)
  })

  it('marks posts without a word, exact copies and near copies of the day', () => {
    const long = 'Учёные обнаружили в горах новое озеро, о котором не знали местные жители, и измерили его глубину.'
    const {posts, dropped} = clean(
      post('1', '🔥🔥'),
      post('2', long),
      post('3', `**${long}**`),
      post('4', `${long} Подробно.`),
    )
    expect(dropped).to.deep.equal({advert: 0, without_words: 1, repeat: 1, near_duplicate: 1})
    expect(posts.map(({left_out}) => left_out)).to.deep.equal(['without_words', undefined, 'repeat', 'near_duplicate'])
  })

  it('takes off a footer that the channel repeats under every post', () => {
    const posts = Array.from({length: 8}, (_, index) =>
      post(String(index + 1), `Новость номер ${index} о разном ${index ** 3}.\n\n😄[— Подписаться](https://t.me/+x)`),
    )
    for (const {plain} of clean(...posts).posts) expect(plain).not.to.include('Подписаться')
  })

  it('keeps the news of a channel that offers something under every post', () => {
    const posts = Array.from({length: 8}, (_, index) =>
      post(
        String(index + 1),
        `Новость номер ${index} о разном ${index ** 3}.\n\nСкидка по промокоду СЛОН, успейте купить! [Перейти](https://a.example/?utm_campaign=x&erid=2VtzqxKd)`,
      ),
    )
    const {dropped, posts: cleaned} = clean(...posts)
    expect(dropped.advert).to.equal(0)
    for (const {plain} of cleaned) expect(plain).not.to.include('промокод')
  })

  it('cuts the sponsor that an author sets apart, and keeps the news', () => {
    const news = 'Над рекой открыли новый мост, движение по нему запустят в пятницу, сообщила мэрия.'
    const {posts, dropped} = clean(
      post('1', `${news}\n\nПартнёр выпуска — [слоны по цене зайцев](https://a.example/?erid=2VtzqxKd)`),
      post(
        '2',
        `Построен высотный дом, жильцы получат ключи до нового года, обещает застройщик.\n———\nСлоны по цене зайцев. Реклама. ООО «Слон»`,
      ),
      post('3', 'Слоны по цене зайцев.\n———\nРеклама. ООО «Слон», ИНН 7700000000, erid: 2VtzqxKd'),
    )
    expect(posts.map(({left_out}) => left_out)).to.deep.equal([undefined, undefined, 'advert'])
    expect(posts[0]?.plain).to.equal(news)
    expect(dropped.advert).to.equal(1)
  })

  it('depends on nothing but the posts, in whatever order they come', () => {
    const byDay = realPosts('@moscowach')
    const shuffled = new Map([...byDay].reverse().map(([day, posts]) => [day, [...posts].reverse()]))
    expect(cleanPosts(shuffled, '@moscowach')).to.deep.equal(cleanPosts(byDay, '@moscowach'))
  })

  it('loses no post of five real channels and finds no gap in their thirty days', () => {
    for (const channel of FIVE_CHANNELS) {
      const {byDay} = realCleanPosts(channel)
      const read = [...realPosts(channel).values()].flat().length
      expect([...byDay.values()].flat(), channel).to.have.length(read)
      expect(
        NOVEMBER.days.filter(day => gapReason(byDay.get(day) ?? []) !== undefined),
        channel,
      ).to.deep.equal([])
    }
  })
})

describe('gap-reason', () => {
  const THREE = 'Открыт мост. Построен дом. Посажен лес.'

  it('accepts three Russian sentences, in one post or in three', () => {
    expect(gapReason(clean(post('1', THREE)).posts)).to.equal(undefined)
    expect(
      gapReason(clean(post('1', 'Открыт мост.'), post('2', 'Построен дом.'), post('3', 'Посажен лес.')).posts),
    ).to.equal(undefined)
  })

  it('names the number of Russian sentences when they are too few', () => {
    expect(gapReason(clean(post('1', 'Открыт мост. The house is built. All is well.')).posts)).to.equal(
      '1 Russian sentence in 1 post, 3 are needed',
    )
  })

  it('tells a day without posts from one of nothing but adverts, copies or emoji', () => {
    expect(gapReason([])).to.equal('no posts with text')
    expect(gapReason(clean(post('1', `${THREE} erid: 2V`)).posts)).to.equal('nothing but adverts')
    expect(gapReason(clean(post('1', '👍')).posts)).to.equal('nothing but posts without words')
  })

  it('counts the sentences of a day’s advert too, as long as there is something else to tell', () => {
    expect(gapReason(clean(post('1', `${THREE} erid: 2V`), post('2', 'Открыт мост.')).posts)).to.equal(undefined)
  })

  it('finds the gaps of a channel that was silent on some days', () => {
    const {byDay} = realCleanPosts('@kanal_112')
    expect(NOVEMBER.days.filter(day => gapReason(byDay.get(day) ?? []) !== undefined)).to.deep.equal(['2024-11-04'])
  })
})
