import {badDataError, type Ep23Error} from '@ep23/sdk'

import {isGzip} from './bytes/open-bytes.js'
import {detectFormat, type Detection} from './detect-format.js'
import {FileProblem} from './records/file-problem.js'
import {filesAt} from './files-at.js'
import {followingPages, telegramDesktopHtml} from './formats/telegram-desktop-html.js'

export interface SourceFile {
  file: string
  format: string
  isGzip: boolean
}

export interface SourceDescription {
  path: string
  /** What will be read, in this order. */
  files: SourceFile[]
  /** Files of a folder that are in none of the formats. */
  ignored: Array<{file: string; reason: string}>
}

/**
 * Tells what a file, or each file of a folder (not of its subfolders), is. Reads no more than their beginnings.
 * @throws Ep23Error USAGE (exit 64) for a path that is not there, SOURCE_FORBIDDEN (77) for one that may not be read, and
 * SOURCE_UNRECOGNISED (65) when nothing in it is in a known format.
 */
export async function describeSource(path: string): Promise<SourceDescription> {
  const description: SourceDescription = {path, files: [], ignored: []}
  for (const file of await filesAt(path)) {
    const detection = await detectOrReason(file)
    if ('format' in detection) description.files.push({file, format: detection.format, isGzip: await isGzip(file)})
    else description.ignored.push({file, reason: detection.reason})
  }
  if (description.files.length === 0) throw unrecognised(description)
  return {...description, files: withFollowingPages(path, description.files)}
}

// Of an HTML export the first page may be named alone: it is one file to whoever exported it.
function withFollowingPages(path: string, files: SourceFile[]): SourceFile[] {
  const [first] = files
  if (first === undefined || first.file !== path || first.format !== telegramDesktopHtml.name) return files
  return [first, ...followingPages(path).map(file => ({...first, file}))]
}

async function detectOrReason(file: string): Promise<Detection> {
  try {
    return await detectFormat(file)
  } catch (error) {
    if (error instanceof FileProblem) return {reason: error.reason}
    throw error
  }
}

const MOST_NAMED = 5

function unrecognised({path, ignored}: SourceDescription): Ep23Error {
  const named = ignored.slice(0, MOST_NAMED).map(({file, reason}) => (file === path ? reason : `${file}: ${reason}`))
  const rest = ignored.length > MOST_NAMED ? [`and ${ignored.length - MOST_NAMED} more`] : []
  const found = ignored.length === 0 ? 'the folder holds no files' : [...named, ...rest].join('; ')
  return badDataError('SOURCE_UNRECOGNISED', `${path}: no posts can be read from it: ${found}`, [
    'Run ep23 dataset:formats for what is read, with an example of each.',
    'Telegram Desktop exports a channel: open it, choose “Export chat history” and “Machine-readable JSON”.',
  ])
}
