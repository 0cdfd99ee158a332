import type {ByteWindow} from '../bytes/byte-window.js'
import {decodeUtf8} from '../bytes/decode-utf8.js'
import {FileProblem} from '../records/file-problem.js'

/** Telegram Desktop begins a new file after 1,000 messages, which is about 1 MB; a tree takes some 20 times the page. */
const LONGEST_PAGE = 32 * 1024 * 1024

/** The whole page as text. @throws FileProblem for one that is too long or not UTF-8. */
export async function pageText(window: ByteWindow): Promise<string> {
  while (await window.more())
    if (window.length > LONGEST_PAGE) throw new FileProblem(`the page is longer than ${LONGEST_PAGE} bytes`)
  const text = decodeUtf8(window.unread())
  if (text === undefined) throw new FileProblem('the page is not valid UTF-8')
  return text
}
