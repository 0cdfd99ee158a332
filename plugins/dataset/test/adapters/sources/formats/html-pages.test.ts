import {join} from 'node:path'

import {expect} from 'chai'

import {readSource} from '#src/adapters/sources/read-source.js'
import {all, dataPath, describeOnData, readText, TemporaryFolder} from '../reading.ts'

const message = (id: number, body: string, more = ''): string => `
 <div class="message default clearfix${more}" id="message${id}">
  <div class="body">
   <div class="pull_right date details" title="04.12.2024 12:00:28">
12:00
   </div>${body}
  </div>
 </div>`
const page = (messages: string, title = 'Музей'): string => `<!DOCTYPE html>
<html><head><title>Exported Data</title></head><body>
<div class="page_header"><div class="content"><div class="text bold">
${title}
</div></div></div>
<div class="page_body chat_page"><div class="history">
 <div class="message service" id="message-1"><div class="body details">4 December 2024</div></div>${messages}
</div></div></body></html>`
const author = '<div class="from_name">\nМузей\n</div>'

describe("Telegram Desktop's HTML export", () => {
  let folder: TemporaryFolder
  before(() => (folder = new TemporaryFolder()))
  after(() => folder.remove())

  it('gives posts with their formatting, joined ones too; service messages are counted', async () => {
    const {posts, tally, problem} = await readText(
      'telegram-desktop-html',
      page(
        message(
          7,
          `${author}<div class="text">\n<strong>Мост</strong> открыт.<br><br>Подробнее <a href="https://e.ru/a">тут</a> и <a href="https://t.me/x">@x</a>\n</div>`,
        ) +
          message(
            8,
            '<div class="media_wrap clearfix"><div class="title bold">Photo</div></div><div class="text">\nПодпись &laquo;к фото&raquo;\n</div>',
            ' joined',
          ) +
          message(9, '<div class="media_wrap clearfix"><div class="description">Video</div></div>', ' joined'),
      ),
      'Europe/Moscow',
    )
    expect(problem).to.equal(undefined)
    const published_at = new Date('2024-12-04T09:00:28Z')
    expect(posts).to.deep.equal([
      {
        channel: {title: 'Музей'},
        post_id: '7',
        published_at,
        text: '**Мост** открыт.\n\nПодробнее [тут](https://e.ru/a) и @x',
      },
      {channel: {title: 'Музей'}, post_id: '8', published_at, text: 'Подпись «к фото»'},
    ])
    expect(tally).to.include({service: 1, withoutText: 1, naiveDates: 3})
  })

  it('has the date of the post, not that of what it forwards, and its offset where new exports write one', async () => {
    const forwarded = `${author}<div class="forwarded body"><div class="from_name">
Завод <span class="date details" title="01.01.2020 00:00:00 UTC+03:00"> 01.01.2020</span></div>
<div class="text">Новость завода</div></div>`
    const html = page(message(7, forwarded).replace('12:00:28', '11:00:28 UTC+02:00'))
    const {posts, tally} = await readText('telegram-desktop-html', html)
    expect(posts[0]).to.deep.include({
      published_at: new Date('2024-12-04T09:00:28Z'),
      forwarded_from: 'Завод',
      text: 'Новость завода',
    })
    expect(tally.naiveDates).to.equal(0)
  })

  it('is refused when several people write in it', async () => {
    const other = message(8, '<div class="from_name">Анна</div><div class="text">тайна</div>')
    const {problem} = await readText('telegram-desktop-html', page(message(7, author) + other), 'UTC')
    expect(problem?.reason).to.match(/^refused: its messages are of several authors/u)
  })

  it('is read whole from its folder or from its first page, and says when a page is missing', async () => {
    const text = '<div class="text">x</div>'
    const next = (href: string): string => `<a class="pagination block_link" href="${href}">Next messages</a>`
    folder.write('export/messages.html', page(message(1, text) + next('messages2.html')))
    folder.write('export/messages2.html', page(message(2, text) + next('messages3.html')))
    folder.write('export/css/style.css', '')
    for (const path of ['export', 'export/messages.html']) {
      const reading = readSource(join(folder.path, path), {calendarTimeZone: 'UTC'})
      expect((await all(reading)).map(post => post.post_id)).to.deep.equal(['1', '2'])
      expect(reading.tally.ignoredFiles.map(({file}) => file)).to.deep.equal([
        join(folder.path, 'export/messages3.html'),
      ])
    }
  })
})

const block = (id: number, inner: string, more = ''): string => `
<div class="tgme_widget_message_wrap js-widget_message_wrap">
 <div class="tgme_widget_message text_not_supported_wrap js-widget_message${more}" data-post="museum/${id}" data-view="${Buffer.from('{"c":-1234567890,"p":7}').toString('base64url')}">
  <div class="tgme_widget_message_bubble">${inner}
   <div class="message_media_not_supported_wrap"><div class="message_media_not_supported">Please open Telegram</div></div>
   <a class="tgme_widget_message_date" href="https://t.me/museum/${id}"><time datetime="2024-12-04T09:00:28+00:00" class="time">09:00</time></a>
  </div>
 </div>
</div>`
const preview = (blocks: string): string =>
  `<!DOCTYPE html><html><body><div class="tgme_channel_info_header_title"><span dir="auto">Музей</span></div>${blocks}</body></html>`
const body = (text: string): string => `<div class="tgme_widget_message_text js-message_text" dir="auto">${text}</div>`

describe('a saved preview page', () => {
  it('gives posts of its channel, by name, number and title', async () => {
    const {posts} = await readText('web-page', preview(block(7, body('<b>Мост</b> открыт&#33;<br/>Всё.'))))
    expect(posts).to.deep.equal([
      {
        channel: {title: 'Музей', username: 'museum', id: '1234567890'},
        post_id: '7',
        published_at: new Date('2024-12-04T09:00:28Z'),
        text: '**Мост** открыт!\nВсё.',
        url: 'https://t.me/museum/7',
      },
    ])
  })

  for (const [trap, inner, text] of [
    [
      'the quoted reply, which has the class of a text',
      `<a class="tgme_widget_message_reply"><div class="tgme_widget_message_text js-message_reply_text">Чужое…</div></a>${body('Своё')}`,
      'Своё',
    ],
    ['a text inside an element of its own class', body(body('Один раз')), 'Один раз'],
    ['the label of an unsupported medium, which is in every post', body('Текст'), 'Текст'],
    ['emoji in italics and bold', body('<tg-emoji emoji-id="1"><i class="emoji"><b>🗣</b></i></tg-emoji> Да'), '🗣 Да'],
    ['quotations without line ends', body('Он сказал:<blockquote>Да.</blockquote>Точка'), 'Он сказал:\nДа.\nТочка'],
    ["a video's own time", `<time class="message_video_duration">0:07</time>${body('Видео')}`, 'Видео'],
  ] as const)
    it(`is not misled by ${trap}`, async () => {
      const {posts, invalid} = await readText('web-page', preview(block(7, inner)))
      expect([posts.map(post => post.text), invalid]).to.deep.equal([[text], []])
    })

  it('counts service posts and posts without text, and rejects one that is cut off', async () => {
    const torn = '<div class="tgme_widget_message" data-post="museum/10"><div class="tgme_widget_message_bubble'
    const html =
      preview(block(7, body('Да')) + block(8, body('Channel created'), ' service_message') + block(9, '')) + torn
    const {posts, tally, invalid} = await readText('web-page', html)
    expect([posts.length, tally.service, tally.withoutText]).to.deep.equal([1, 1, 1])
    expect(invalid.map(({reason}) => reason)).to.deep.equal(['"date" is missing, not a date'])
    const whole = await readText('web-page', preview(block(7, body('Да')).replace(/<time.*<\/time>/u, '')))
    expect(whole.invalid[0]).to.include({reason: '"date" is missing, not a date', raw: 'museum/7'})
  })

  it("may be the JSON string that the page's own script gets", async () => {
    const {posts} = await readText('web-page', JSON.stringify(block(7, body('Да'))))
    expect(posts[0]).to.include({post_id: '7', text: 'Да'})
  })
})

describeOnData('HTML pages from the real world', () => {
  const counts = async (...parts: string[]): Promise<number[]> => {
    const reading = readSource(dataPath('telegram', ...parts), {
      calendarTimeZone: 'Europe/Moscow',
      onInvalid: () => undefined,
    })
    await all(reading)
    const {posts, withoutText, service, invalid} = reading.tally
    return [posts, withoutText, service, invalid]
  }

  it('read two pages of an HTML export, from its first or from its folder', async () => {
    expect(await counts('desktop-html', 'cybersecurity_news.index.html.gz')).to.deep.equal([1999, 0, 116, 0])
    expect(await counts('desktop-html')).to.deep.equal([1999, 0, 116, 0])
  })

  for (const [path, expected] of [
    ['ducksrating-ducks_poker', [11, 3, 0, 0]],
    ['ai-news-douyin-ai_news_official', [7, 0, 3, 0]],
    ['sherlock-telegram-durov/s_durov.html', [19, 1, 0, 0]],
    ['djtracker-walterbloomberg', [20, 0, 0, 0]],
    ['ulytau-insight-ztb_qaz', [3, 1, 0, 1]],
    ['telegram-parser-stoprussiachannel/xhr_s_stoprussiachannel_2022.json', [16, 2, 0, 0]],
  ] as const)
    it(`read ${path}`, async () => {
      expect(await counts('web-pages', ...path.split('/'))).to.deep.equal(expected)
    })
})
