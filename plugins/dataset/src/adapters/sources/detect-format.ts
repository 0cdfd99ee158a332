import {fileHead, type FileHead} from './file-head.js'
import {UNREAD_FORMATS} from './formats/unread-formats.js'
import {SOURCE_FORMATS} from './source-formats.js'

/** A format, or the reason why there is none. */
export type Detection = {format: string} | {reason: string}

/** Tells a file's format from how its (unpacked) content begins. The file's name has no say. */
export async function detectFormat(path: string): Promise<Detection> {
  const head = await fileHead(path)
  const format = SOURCE_FORMATS.find(each => each.recognises(head))
  return format === undefined ? {reason: reasonOf(head)} : {format: format.name}
}

function reasonOf(head: FileHead): string {
  const known = UNREAD_FORMATS.find(each => each.recognises(head))
  if (known) return `${known.title}; ${known.convert}`
  if (head.text.trim() === '') return 'an empty file'
  if (head.json === undefined) return 'neither JSON nor HTML, nor CSV with a header line for date and text'
  const {first, chat, reason} = head.json
  if (reason !== undefined) return reason
  const keys = Object.keys(first ?? chat)
  if (keys.length === 0) return 'JSON without a single record of a post'
  return `JSON whose first object has the keys ${keys.slice(0, 10).join(', ')}, which are not those of a post`
}
