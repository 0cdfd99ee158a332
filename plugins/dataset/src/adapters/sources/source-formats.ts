import {desktopExport} from './formats/desktop-export.js'
import {mtprotoDump} from './formats/mtproto-dump.js'
import {postCsv} from './formats/post-csv.js'
import {postLines} from './formats/post-lines.js'
import {telethonArray} from './formats/telethon-array.js'
import {webPreview} from './formats/web-preview.js'
import type {SourceFormat, SourceFormatName} from './source-format.js'

/** Every format that can be read. */
export const SOURCE_FORMATS: readonly SourceFormat[] = [
  desktopExport,
  telethonArray,
  mtprotoDump,
  webPreview,
  postLines,
  postCsv,
]

export function formatNamed(name: SourceFormatName): SourceFormat {
  return SOURCE_FORMATS.find(format => format.name === name) as SourceFormat
}
