import type {FileHead} from '../file-head.js'

/** What people take for a source and ep23 does not read, with the tool that wrote it and how to convert it. */
export interface UnreadFormat {
  title: string
  /** What to do instead, as a clause. */
  convert: string
  recognises(head: FileHead): boolean
}

export const UNREAD_FORMATS: readonly UnreadFormat[] = [
  binary('UTF-16 text', 'save it as UTF-8', 'fffe', 'feff'),
  {
    title: 'an Excel workbook',
    convert: 'save the sheet as CSV UTF-8, with a header line',
    recognises: ({bytes}) => startsWith(bytes, '504b0304') && bytes.includes('xl/'),
  },
  binary('a ZIP archive', 'unpack it first', '504b0304'),
  binary('Zstandard data', 'unpack it first: zstd -d FILE (gzip is read as it is)', '28b52ffd'),
  binary('bzip2 data', 'unpack it first: bunzip2 FILE (gzip is read as it is)', '425a68'),
  binary('XZ data', 'unpack it first: unxz FILE (gzip is read as it is)', 'fd377a585a00'),
  binary('a 7-Zip archive', 'unpack it first', '377abcaf271c'),
  binary(
    'an SQLite database (telegram-export, tg-archive, telegram_backup and others write one)',
    'export its table of messages: sqlite3 -json FILE "SELECT id, date, text FROM messages" > posts.json',
    '53514c69746520666f726d6174',
  ),
  binary('a Parquet file', "write it as JSON Lines: duckdb -c \"COPY (FROM 'FILE') TO 'posts.jsonl'\"", '50415231'),
  binary('a Python pickle', 'write the posts as JSON Lines or CSV from Python', '8002', '8003', '8004', '8005'),
  {
    title: 'a BSON dump (mongodump)',
    convert: 'write it as Extended JSON: bsondump FILE > posts.jsonl, or use mongoexport',
    recognises: ({bytes}) => isBson(bytes),
  },
  {
    title: 'TGDataset (text_messages by channel)',
    convert:
      'make posts of it: jq -c \'to_entries[] | .value.username as $u | .value.text_messages | to_entries[] | {channel: ("@"+$u), id: .key, date: .value.date, text: .value.message}\'',
    recognises: ({text}) => text.startsWith('{') && text.includes('"text_messages"'),
  },
  {
    title: 'the index page of a Telegram Desktop export',
    convert: "give the channel's own folder: chats/chat_…/messages.html",
    recognises: ({text}) => /class="page_body list_page"|lists\/chats\.html/u.test(text),
  },
  {
    title: 'a page of t.me without posts: the channel has no preview, or the page is its landing page',
    convert: 'export the channel with Telegram Desktop instead',
    recognises: ({text}) => /^\s*</u.test(text) && /tgme_page|Telegram: (?:View|Contact|Launch)/u.test(text),
  },
  {
    title: 'a feed (RSS or Atom, as RSSHub and RSS-Bridge give)',
    convert: 'a feed holds the newest posts only; export the channel with Telegram Desktop',
    recognises: ({text}) => /^\s*(?:<\?xml[^>]*>\s*(?:<[!?][^>]*>\s*)*)?<(?:rss|feed|rdf:RDF)\b/iu.test(text),
  },
  {
    title: 'HTML of an unknown kind',
    convert:
      "Telegram Desktop's HTML export (messages.html) and saved pages t.me/s/… are read; or choose “Machine-readable JSON” in the export dialog",
    recognises: ({text}) => /^\s*<(?:!doctype|html|\?xml)/iu.test(text),
  },
]

function binary(title: string, convert: string, ...magics: string[]): UnreadFormat {
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
