import {expect} from 'chai'

import {extractiveSummarizer, summarizeDay} from '#src/adapters/summarizers/summarize-day.js'
import type {ChannelName} from '#src/domain/channel.js'
import {postsForDigest, type CleanPost} from '#src/domain/posts.js'
import {outlineOf} from '#src/domain/digest-outline.js'
import {postFinder} from '#src/domain/digest-markdown.js'
import {plainText} from '#src/usecases/plain-text.js'
import {cyrillicShare, jaccard, shingles} from '#src/text/index.js'
import {cleanPost, FIVE_CHANNELS, realCleanPosts, ZONE} from '../../sample/channels.ts'

function digestOf(...posts: CleanPost[]): string {
  return summarizeDay({channel: '@naked_science', day: '2024-11-11', zone: ZONE, posts}).markdown
}

function digestsOf(channel: ChannelName): {day: string; posts: CleanPost[]; markdown: string}[] {
  return [...realCleanPosts(channel).byDay].map(([day, all]) => {
    const posts = postsForDigest(all)
    return {day, posts, markdown: summarizeDay({channel, day, zone: ZONE, posts}).markdown}
  })
}

describe('extractive-summarizer', () => {
  it('writes a heading with the channel, the day in words and the number of posts, and a bullet a post', () => {
    expect(digestOf(cleanPost('1', 'Открыт новый мост.'), cleanPost('2', 'Построен большой дом.'))).to.equal(
      '# @naked_science: 11 ноября 2024 года, понедельник\n\n' +
        'За день — 2 поста.\n\n' +
        '- Открыт новый мост. [пост](https://t.me/naked_science/1)\n' +
        '- Построен большой дом. [пост](https://t.me/naked_science/2)\n',
    )
  })

  it('adds the next sentence to a short one', () => {
    expect(digestOf(cleanPost('1', 'Открыт новый мост\nОн соединил два берега реки.'))).to.include(
      '- Открыт новый мост. Он соединил два берега реки. [пост]',
    )
  })

  it('leaves out calls to the reader and questions', () => {
    const digest = digestOf(cleanPost('1', 'Открыт новый мост.\nА вы там были?\nПодпишитесь на канал.'))
    expect(digest).to.include('- Открыт новый мост. [пост]')
  })

  it('condenses a list to its first items', () => {
    const list = [
      'Новости к этому часу',
      ...Array.from({length: 12}, (_, index) => `🔹 Событие номер ${index} случилось в большом городе`),
    ].join('\n')
    const [bullet] = outlineOf(digestOf(cleanPost('1', list))).bullets
    expect(bullet?.text).to.match(/^Новости к этому часу: Событие номер 0 .*; Событие номер 1 /u)
    expect(bullet?.text.length).to.be.below(400)
  })

  it('joins a list without a colon after a colon or a semicolon after a question', () => {
    const bullet = (...lines: string[]) => outlineOf(digestOf(cleanPost('1', lines.join('\n')))).bullets[0]?.text
    expect(
      bullet(
        'Сеть транспорта изменится',
        '🚌 Вместо одного маршрута запустят три:',
        '• С1 — от вокзала',
        '• С2 — от рынка',
        '• С3 — от парка',
      ),
    ).to.equal(
      'Сеть транспорта изменится. Вместо одного маршрута запустят три: С1 — от вокзала; С2 — от рынка; С3 — от парка.',
    )
    expect(
      bullet('Мосты: что о них известно', '• Строят весной.', '• Красят летом;', '• Чинят осенью:', '• Ломают зимой!'),
    ).to.equal('Мосты: что о них известно. Строят весной; Красят летом. Чинят осенью: Ломают зимой.')
    expect(bullet('Лекции недели', '• Зачем нужны мосты?', '• Откуда берутся реки', '• Куда уходит вода')).to.equal(
      'Лекции недели: Зачем нужны мосты? Откуда берутся реки; Куда уходит вода.',
    )
    expect(
      bullet('Что изменится зимой', '• Дороги: их почистят', '• Парки: их закроют', '• Школы: их согреют'),
    ).to.equal('Что изменится зимой. Дороги: их почистят; Парки: их закроют; Школы: их согреют.')
  })

  it('opens with a sentence that says who is spoken of, though it is not the first', () => {
    expect(digestOf(cleanPost('1', 'Ему всего 34 года.\nАрхитектор Иван Мостов получил премию города.'))).to.include(
      '- Архитектор Иван Мостов получил премию города. [пост]',
    )
  })

  it('leaves no stray mark of a style', () => {
    const post = cleanPost('1', plainText('**Основные** положения** закона о мостах: __строить** весной.'))
    expect(outlineOf(digestOf(post)).bullets[0]?.text).to.equal('Основные положения закона о мостах: строить весной.')
    expect(digestOf(post)).not.to.match(/\*|__/u)
  })

  it('opens a day with what is at stake, not with what amuses', () => {
    const trifles = 'кот пес сова лиса еж рысь волк бобр'
      .split(' ')
      .map((animal, index) =>
        cleanPost(String(index + 1), `Милота дня: ${animal} из зоопарка радует гостей номер ${index} прогулкой.`),
      )
    const news = [
      cleanPost('21', 'Госдума приняла закон о штрафах за парковку на мостах.'),
      cleanPost('22', '⚡ Мост обрушился, погибли два человека, сообщили спасатели.'),
      cleanPost('23', 'Банк России поднял ключевую ставку до 21 процента.'),
    ]
    const {bullets} = outlineOf(digestOf(...trifles, ...news))
    expect(bullets.slice(0, 3).map(({links}) => links[0]?.target.split('/').at(-1))).to.have.members(['21', '22', '23'])
    expect(bullets[0]?.text).to.include('обрушился')
  })

  it('says of a synthetic day that it is invented, and of no other', () => {
    const input = {
      channel: '@demo',
      day: '2024-11-11',
      zone: ZONE,
      posts: [cleanPost('1', 'Открыт новый мост.')],
    } as const
    expect(summarizeDay({...input, generator: 'ru-grammar-1 seed=23'}).markdown).to.include('дайджест синтетический')
    expect(summarizeDay(input).markdown).not.to.include('синтетический')
  })

  it('cuts a monstrous sentence after a word', () => {
    const [bullet] = outlineOf(
      digestOf(cleanPost('1', `Открыт мост ${'очень длинный и широкий '.repeat(60)}над рекой.`)),
    ).bullets
    expect(bullet?.text).to.match(/[а-я]…$/u)
    expect(bullet?.text.length).to.be.below(420)
  })

  it('escapes what Markdown would take for marks', () => {
    expect(digestOf(cleanPost('1', '1) Вышла библиотека *args и [ссылки](нет) для снова_и_снова `кода`.'))).to.include(
      String.raw`Вышла библиотека \*args и \[ссылки\](нет) для снова_и_снова \`кода\`.`,
    )
  })

  it('opens a long digest with the three most important posts', () => {
    const topics = 'мост дом лес кот сад театр завод вокзал музей рынок'.split(' ')
    const posts = topics.map((topic, index) =>
      cleanPost(String(index + 1), `Новый ${topic} открыт в городе номер ${index}.`),
    )
    const {headings, bullets} = outlineOf(digestOf(...posts))
    expect(headings.map(({text}) => text).slice(1)).to.deep.equal(['Главное', 'Также за день'])
    expect(bullets.length).to.be.below(topics.length)
  })

  it('tells a day of one event and one other thing with both', () => {
    const reports = Array.from({length: 12}, (_, index) =>
      cleanPost(String(index + 1), `Над рекой сбит беспилотник номер ${index}, сообщил мэр города.`),
    )
    expect(digestOf(...reports, cleanPost('40', 'Биткоин подорожал до рекордной отметки на бирже.'))).to.include(
      'Биткоин',
    )
  })

  it('says something even of a day of nothing but questions', () => {
    expect(outlineOf(digestOf(cleanPost('1', 'Как вам мост?'), cleanPost('2', 'Что думаете?'))).bullets).to.have.length(
      2,
    )
  })

  it('points from a post without an address to its place in the document', () => {
    const {url: _url, ...post} = cleanPost('20241111-1', 'Открыт новый мост.')
    expect(digestOf(post)).to.include('[пост](#post-20241111-1)')
  })

  for (const channel of FIVE_CHANNELS)
    describe(`thirty days of ${channel}`, () => {
      it('has a digest each, whose links all lead to posts of the day, no post twice', () => {
        expect(digestsOf(channel)).to.have.length(30)
        for (const {day, posts, markdown} of digestsOf(channel)) {
          const {bullets, links} = outlineOf(markdown)
          const told = links.map(({target}) => postFinder(channel, posts)(target)?.post_id)
          expect(bullets.length, day).to.be.within(1, 12)
          expect(told, day).to.have.length(bullets.length).and.not.include(undefined)
          expect(new Set(told).size, day).to.equal(told.length)
        }
      })

      it('reads as Russian prose without addresses, emoji bullets, broken quotations and adverts', () => {
        for (const {day, markdown} of digestsOf(channel)) {
          expect(cyrillicShare(markdown), day).to.be.above(0.8)
          for (const {text} of outlineOf(markdown).bullets) {
            const place = `${day}: ${text}`
            expect(text, place).to.match(/[.!?…]["»”)]?$/u)
            expect(text, place).to.match(/^[\p{L}\p{N}«"„“$€(]/u)
            expect(text, place).not.to.match(/https?:|t\.me|erid|промокод|подпишитесь/iu)
            expect(text.split('«').length, place).to.equal(text.split('»').length)
            expect(text.length, place).to.be.within(15, 700)
          }
        }
      })

      it('says nothing twice in a day', () => {
        for (const {day, markdown} of digestsOf(channel)) {
          const told = outlineOf(markdown).bullets.map(({text}) => shingles(text))
          for (const [index, bullet] of told.entries())
            for (const earlier of told.slice(0, index)) expect(jaccard(bullet, earlier), day).to.be.below(0.7)
        }
      })

      it('comes out the same again', async () => {
        for (const {day, posts, markdown} of digestsOf(channel)) {
          const again = await extractiveSummarizer.summarize(
            {channel, day, zone: ZONE, posts},
            new AbortController().signal,
          )
          expect(again).to.deep.equal({summary_markdown: markdown, llm_model: 'extractive-2'})
        }
      })
    })
})
