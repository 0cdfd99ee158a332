import {Ep23Error} from './errors.js'
import type {Message} from '../messages.js'
import {EXIT, type ExitCode} from './exit-codes.js'
import {words} from '../words/words.js'

interface Meaning {
  code: string
  exit: ExitCode
  /** What follows the path in the message. */
  text: Message
  next: Message
}

const usage = (text: Message, next: Message): Meaning => ({code: 'USAGE', exit: EXIT.usage, text, next})
const forbidden = (text: Message): Meaning => ({
  code: 'NOT_PERMITTED',
  exit: EXIT.notPermitted,
  text,
  next: words.message('changePermissions'),
})
const badFile = (text: Message): Meaning => ({
  code: 'FILE_TOO_LARGE',
  exit: EXIT.badData,
  text,
  next: words.message('checkFile'),
})
const later = (code: string, text: Message, next: Message): Meaning => ({code, exit: EXIT.tryAgain, text, next})
const diskFull = later('DISK_FULL', words.message('diskIsFull'), words.message('makeRoom'))
const tooManyFiles = later('TOO_MANY_OPEN_FILES', words.message('tooManyFiles'), words.message('raiseOpenFiles'))

/** What the operating system's refusals mean to whoever runs a command; none of them is a bug of ep23. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  ENOENT: usage(words.message('doesNotExist'), words.message('checkPath')),
  EISDIR: usage(words.message('isFolder'), words.message('nameFileInIt')),
  ENOTDIR: usage(words.message('notFolder'), words.message('checkPath')),
  ELOOP: usage(words.message('linkToItself'), words.message('checkPath')),
  ENAMETOOLONG: usage(words.message('nameTooLong'), words.message('chooseShorter')),
  EINVAL: usage(words.message('notUsableThere'), words.message('checkPath')),
  ENXIO: usage(words.message('notOpenable'), words.message('regularFile')),
  ENODEV: usage(words.message('notOpenable'), words.message('regularFile')),
  ESPIPE: usage(words.message('notSeekable'), words.message('regularFile')),
  EEXIST: usage(words.message('existsAsOther'), words.message('chooseOtherPath')),
  ENOTEMPTY: usage(words.message('folderNotEmpty'), words.message('chooseOtherPath')),
  EBUSY: later('FILE_BUSY', words.message('inUse'), words.message('whenFree')),
  ETXTBSY: later('FILE_BUSY', words.message('inUse'), words.message('whenFree')),
  EACCES: forbidden(words.message('notAllowedToOpen')),
  EPERM: forbidden(words.message('notAllowedToChange')),
  EROFS: forbidden(words.message('readOnlyFiles')),
  ENOSPC: diskFull,
  EDQUOT: diskFull,
  EFBIG: later('FILE_TOO_LARGE', words.message('tooLargeHere'), words.message('raiseFileSize')),
  EMFILE: tooManyFiles,
  ENFILE: tooManyFiles,
  ENOMEM: later('OUT_OF_MEMORY', words.message('needsMemory'), words.message('endPrograms')),
  EIO: later('DISK_ERROR', words.message('inputOutput'), words.message('checkDisk')),
  ERR_FS_FILE_TOO_LARGE: badFile(words.message('over2GiB')),
  ERR_STRING_TOO_LONG: badFile(words.message('over512MiB')),
}

/**
 * An error of the operating system as one that says what to do: missing and misnamed files are usage (64), permissions 77,
 * full disks and exhausted limits 75.
 * @param path named in the message; else the error's own
 * @returns undefined for anything else
 * @example systemError(await readFile('x').catch(e => e))?.message // "x does not exist"
 */
export function systemError(thrown: unknown, path?: string): Ep23Error | undefined {
  const error = thrown as NodeJS.ErrnoException | null | undefined
  const meaning = typeof error?.code === 'string' ? MEANINGS[error.code] : undefined
  if (!error || !meaning) return workingDirectoryIsGone(error) ?? pathWithNull(error)
  if (error.syscall === 'uv_cwd') return workingDirectoryIsGone(error)
  const place = path ?? error.path
  if (place === undefined && meaning.exit !== EXIT.tryAgain && meaning.exit !== EXIT.badData) return undefined
  const {code, exit, text, next} = meaning
  return new Ep23Error(words.message('systemProblem', {place: place ?? words.message('someFile'), problem: text}), {
    code,
    exit,
    suggestions: [next],
    cause: error,
  })
}

function workingDirectoryIsGone(error: NodeJS.ErrnoException | null | undefined): Ep23Error | undefined {
  if (error?.syscall !== 'uv_cwd') return undefined
  return new Ep23Error(words.message('noWorkingDirectory'), {
    code: 'USAGE',
    exit: EXIT.usage,
    suggestions: [words.message('changeFolder')],
    cause: error,
  })
}

function pathWithNull(error: NodeJS.ErrnoException | null | undefined): Ep23Error | undefined {
  if (error?.code !== 'ERR_INVALID_ARG_VALUE' || !/without null bytes/u.test(error.message)) return undefined
  return new Ep23Error(words.message('nullByte'), {
    code: 'USAGE',
    exit: EXIT.usage,
    suggestions: [words.message('checkPath')],
  })
}
