import {gzipSync} from 'node:zlib'

import {expect} from 'chai'

import {detectFormat} from '#src/adapters/sources/detect-format.js'
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
    ['a posts array', '[{"message_id": 1, "text": "x", "date": "x"}]', 'telethon'],
    ['a posts array cut off in its first post', `[{"message_id": 1, "text": "${LONG}`, 'telethon'],
    ['an empty array', ' [ ] ', 'telethon'],
    ['a raw dump', '[{"_": "Message", "id": 1}]', 'mtproto'],
    ['a raw dump by lines', '{"_": "Message", "id": 1}\n', 'mtproto'],
    ['the web preview', '{"id": "habr/1", "datetime": "x", "text": "x"}\n', 'web-preview'],
    ['the web preview as an array', '[{"id": "habr/1", "datetime": "x", "text": "x"}]', 'web-preview'],
    ['posts by lines', '{"id": "1", "date": "x", "text": "x"}\n', 'jsonl'],
    ['posts by lines, damaged', '{"id": "1", "date": "x", "text": tru', 'jsonl'],
    ['CSV', '"ID";"Date";"Text"\n', 'csv'],
    ['anything behind a byte order mark', '\uFEFF[{"message_id": 1, "text": "x"}]', 'telethon'],
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
      'JSON whose first object has the keys version, data, which are not those of a post',
    ],
    ['an empty object', '{}', 'JSON whose first object has the keys (none), which are not those of a post'],
    ['other CSV', 'a,b\n1,2\n', 'neither JSON nor CSV with a header line for id, date and text'],
    ['UTF-16', Buffer.from('\uFEFF[]', 'utf16le'), 'UTF-16 text; save it as UTF-8'],
    ['a ZIP archive', Buffer.from('PK\u0003\u0004'), 'a ZIP archive; unpack it first'],
    [
      'an HTML export',
      '\n<!DOCTYPE html><html>',
      'HTML; in Telegram Desktop choose “Machine-readable JSON” as the format of the export',
    ],
  ] as const)
    it(`says of ${what} why it is no source`, async () => {
      expect(await detectFormat(folder.write('source', content))).to.deep.equal({reason})
    })

  it('looks no further than the beginning', async () => {
    const path = folder.write('source', `[{"message_id": 1, "text": "x"},${LONG}${LONG}${'\0'.repeat(1_000_000)}`)
    expect(await detectFormat(path)).to.deep.equal({format: 'telethon'})
  })
})
