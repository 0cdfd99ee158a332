import type {FileHead} from '../file-head.js'
import {message} from '../../../words/words.js'
import type {Message} from '@ep23/sdk'

/** What people take for a source and ep23 does not read, with the tool that wrote it and how to convert it. */
export interface UnreadFormat {
  title: Message
  /** What to do instead, as a clause. */
  convert: Message
  recognises(head: FileHead): boolean
}

export const UNREAD_FORMATS: readonly UnreadFormat[] = [
  binary(message('utf16Text'), message('saveAsUtf8'), 'fffe', 'feff'),
  {
    title: message('excelWorkbook'),
    convert: message('saveAsCsv'),
    recognises: ({bytes}) => startsWith(bytes, '504b0304') && bytes.includes('xl/'),
  },
  binary(message('zipArchive'), message('unpackFirst'), '504b0304'),
  binary(message('zstdData'), message('unpackZstd'), '28b52ffd'),
  binary(message('bzip2Data'), message('unpackBzip2'), '425a68'),
  binary(message('xzData'), message('unpackXz'), 'fd377a585a00'),
  binary(message('sevenZip'), message('unpackFirst'), '377abcaf271c'),
  binary(message('sqliteDatabase'), message('exportSqlite'), '53514c69746520666f726d6174'),
  binary(message('parquetFile'), message('exportParquet'), '50415231'),
  binary(message('pythonPickle'), message('exportPickle'), '8002', '8003', '8004', '8005'),
  {
    title: message('bsonDump'),
    convert: message('exportBson'),
    recognises: ({bytes}) => isBson(bytes),
  },
  {
    title: message('tgDataset'),
    convert: message('makePosts', {
      command:
        'jq -c \'to_entries[] | .value.username as $u | .value.text_messages | to_entries[] | {channel: ("@"+$u), id: .key, date: .value.date, text: .value.message}\'',
    }),
    recognises: ({text}) => text.startsWith('{') && text.includes('"text_messages"'),
  },
  {
    title: message('desktopIndex'),
    convert: message('giveOwnFolder'),
    recognises: ({text}) => /class="page_body list_page"|lists\/chats\.html/u.test(text),
  },
  {
    title: message('pageWithoutPosts'),
    convert: message('exportInstead'),
    recognises: ({text}) => /^\s*</u.test(text) && /tgme_page|Telegram: (?:View|Contact|Launch)/u.test(text),
  },
  {
    title: message('feed'),
    convert: message('feedIsNewest'),
    recognises: ({text}) => /^\s*(?:<\?xml[^>]*>\s*(?:<[!?][^>]*>\s*)*)?<(?:rss|feed|rdf:RDF)\b/iu.test(text),
  },
  {
    title: message('unknownHtml'),
    convert: message('readHtml'),
    recognises: ({text}) => /^\s*<(?:!doctype|html|\?xml)/iu.test(text),
  },
]

function binary(title: Message, convert: Message, ...magics: string[]): UnreadFormat {
  return {title, convert, recognises: ({bytes}) => magics.some(magic => startsWith(bytes, magic))}
}

function startsWith(bytes: Buffer, magic: string): boolean {
  return bytes.toString('hex', 0, magic.length / 2) === magic
}

// A document's length, then the type and the name of its first field.
function isBson(bytes: Buffer): boolean {
  if (bytes.length < 8) return false
  const length = bytes.readInt32LE(0)
  const type = bytes[4] as number
  return (
    length > 7 &&
    length < 16_793_600 &&
    type > 0 &&
    type < 20 &&
    /^[\w.-]{1,60}\0/u.test(bytes.toString('latin1', 5, 70))
  )
}
