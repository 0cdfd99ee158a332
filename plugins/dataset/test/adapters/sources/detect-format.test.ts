import {gzipSync} from 'node:zlib'

import {expect} from 'chai'

import {detectFormat} from '#src/adapters/sources/read-source.js'
import {TemporaryFolder} from './reading.ts'

const LONG = 'x'.repeat(100_000)

describe('detectFormat', () => {
  let folder: TemporaryFolder

  before(() => (folder = new TemporaryFolder()))
  after(() => folder.remove())

  for (const [what, content, format] of [
    [
      'a chat of Telegram Desktop',
      '{"name": "x", "type": "public_channel", "id": 1, "messages": [{"id": 1, ',
      'telegram-desktop',
    ],
    [
      'an account of Telegram Desktop',
      `{"about": "x", "personal_information": {"bio": "${LONG}"}, "chats": {}}`,
      'telegram-desktop',
    ],
    ['a posts array', '[{"message_id": 1, "text": "x", "date": "x"}]', 'json'],
    ['a posts array cut off in its first post', `[{"message_id": 1, "text": "${LONG}`, 'json'],
    [
      'messages of Telegram Desktop alone',
      '[{"id": 1, "type": "message", "date_unixtime": "1", "text": []}]',
      'telegram-desktop',
    ],
    ['an HTML page of Telegram Desktop', '\n<!DOCTYPE html><div class="page_body chat_page">', 'telegram-desktop-html'],
    ['a page of the web preview', '<!DOCTYPE html><div class="tgme_channel_info">', 'web-page'],
    ['a piece of the web preview as its script gets it', '"<div class=\\"tgme_widget_message', 'web-page'],
    ['tdl', '{"id": 1, "messages": [{"id": 1, "type": "message", "file": "", "date": 1}]}', 'tdl'],
    ['TDLib', '{"@type": "messages", "messages": [{"@type": "message", "id": 1048576}]}', 'tdlib'],
    ['Pyrogram', '[{"_": "Message", "id": 1, "chat": {"_": "Chat", "id": -1001234567890}, "date": "x"}]', 'pyrogram'],
    [
      'Pyrogram, printed one after another',
      '{\n    "_": "Message",\n    "chat": {\n        "id": -1\n    }\n}\n{\n}',
      'pyrogram',
    ],
    ['tg_history_dumper', '{"Date": 1, "Message": "x", "PeerID": {}, "_": "TL_message"}\n', 'tg-history-dumper'],
    ['snscrape', '{"_type": "snscrape.modules.telegram.TelegramPost", "url": "x", "date": "x"}\n', 'snscrape'],
    ['4CAT by lines', '{"_type": "Message", "_chat": {}, "id": 1, "date": 1, "message": "x"}\n', '4cat'],
    ['the Bot API', '{"ok": true, "result": [{"update_id": 1, "channel_post": {}}]}', 'bot-api'],
    ['posts under "posts"', '{"total": 1, "posts": [{"id": 1, "date": "x", "text": "x"}]}', 'json'],
    ['posts by channel', '{"https://t.me/habr": [{"id": 1, "date": "x", "text": "x"}]}', 'json'],
    ['an array of chats', '[{"channel": "x", "messages": [{"id": 1, "date": "x", "text": "x"}]}]', 'json'],
    ['posts without ids', '{"channel": "x", "date": "x", "text": "x"}\n', 'json'],
    ['CSV without ids', 'message,source,date,views\n', 'csv'],
    ['a raw dump', '[{"_": "Message", "id": 1}]', 'mtproto'],
    ['a raw dump by lines', '{"_": "Message", "id": 1}\n', 'mtproto'],
    ['the web preview', '{"id": "habr/1", "datetime": "x", "text": "x"}\n', 'web-preview'],
    ['the web preview as an array', '[{"id": "habr/1", "datetime": "x", "text": "x"}]', 'web-preview'],
    ['posts by lines', '{"id": "1", "date": "x", "text": "x"}\n', 'json'],
    ['posts by lines, damaged', '{"id": "1", "date": "x", "text": tru', 'json'],
    ['CSV', '"ID";"Date";"Text"\n', 'csv'],
    ['anything behind a byte order mark', '\uFEFF[{"message_id": 1, "text": "x"}]', 'json'],
  ] as const)
    it(`knows ${what}, packed or not`, async () => {
      expect(await detectFormat(folder.write('source', content))).to.deep.equal({format})
      expect(await detectFormat(folder.write('source', gzipSync(content)))).to.deep.equal({format})
    })

  for (const [what, content, reason] of [
    ['nothing', '', 'an empty file'],
    ['blank space', ' \n', 'an empty file'],
    ['an array of numbers', '[1]', 'a JSON array whose elements are not objects'],
    [
      'other JSON',
      '{"version": 1, "data": []}',
      'JSON whose first object has the keys version, which are not those of a post',
    ],
    ['an empty object', '{}', 'JSON without a single record of a post'],
    ['an empty array', ' [ ] ', 'JSON without a single record of a post'],
    ['other CSV', 'a,b\n1,2\n', 'neither JSON nor HTML, nor CSV with a header line for date and text'],
    ['UTF-16', Buffer.from('\uFEFF[]', 'utf16le'), 'UTF-16 text; save it as UTF-8'],
    ['a ZIP archive', Buffer.from('PK\u0003\u0004'), 'a ZIP archive; unpack it first'],
    ['an SQLite database', Buffer.from('SQLite format 3\0'), /^an SQLite database .*sqlite3 -json/u],
    ['a Parquet file', Buffer.from('PAR1xxxx'), /^a Parquet file; write it as JSON Lines/u],
    [
      'a BSON dump',
      Buffer.from('\x16\0\0\0\x02hello\0\x06\0\0\0world\0\0', 'latin1'),
      /^a BSON dump \(mongodump\); .*bsondump/u,
    ],
    ['TGDataset', '{"1": {"username": "x", "text_messages": {}}}', /^TGDataset/u],
    ['a feed', '<?xml version="1.0"?>\n<rss version="2.0">', /^a feed/u],
    ['a landing page', '<!DOCTYPE html><title>Telegram: Contact @x</title><div class="tgme_page">', /without posts/u],
    ["the index of an account's export", '<html><div class="page_body list_page">', /own folder/u],
    ['other HTML', '\n<!DOCTYPE html><html>', /^HTML of an unknown kind; .*messages\.html/u],
  ] as const)
    it(`says of ${what} why it is no source`, async () => {
      const detection = await detectFormat(folder.write('source', content))
      if (typeof reason === 'string') expect(detection).to.deep.equal({reason})
      else expect('reason' in detection && detection.reason).to.match(reason)
    })

  it('looks no further than the beginning', async () => {
    const path = folder.write('source', `[{"message_id": 1, "text": "x"},${LONG}${LONG}${'\0'.repeat(1_000_000)}`)
    expect(await detectFormat(path)).to.deep.equal({format: 'json'})
  })
})
