import {Ep23Error} from './errors.js'
import {EXIT, type ExitCode} from './exit-codes.js'

interface Meaning {
  code: string
  exit: ExitCode
  /** What follows the path in the message. */
  text: string
  next: string
}

const usage = (text: string, next: string): Meaning => ({code: 'USAGE', exit: EXIT.usage, text, next})
const forbidden = (text: string): Meaning => ({
  code: 'NOT_PERMITTED',
  exit: EXIT.notPermitted,
  text,
  next: 'change its permissions, or choose another file or folder',
})
const badFile = (text: string): Meaning => ({code: 'FILE_TOO_LARGE', exit: EXIT.badData, text, next: 'check the file'})
const later = (code: string, text: string, next: string): Meaning => ({code, exit: EXIT.tryAgain, text, next})
const diskFull = later(
  'DISK_FULL',
  'could not be written: the disk is full',
  'make room and run the same command again',
)
const tooManyFiles = later(
  'TOO_MANY_OPEN_FILES',
  'could not be opened: too many files are open',
  'raise the limit (ulimit -n) or end other programs, then run the same command again',
)

/** What the operating system's refusals mean to whoever runs a command; none of them is a bug of ep23. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  ENOENT: usage('does not exist', 'check the path'),
  EISDIR: usage('is a folder; a file is needed', 'name a file in it'),
  ENOTDIR: usage('is not a folder, or a part of its path is not', 'check the path'),
  ELOOP: usage('is a link that leads back to itself', 'check the path'),
  ENAMETOOLONG: usage('is too long a name', 'choose a shorter one'),
  EINVAL: usage('cannot be used there (EINVAL)', 'check the path'),
  ENXIO: usage('cannot be opened as a file', 'name a regular file'),
  ENODEV: usage('cannot be opened as a file', 'name a regular file'),
  ESPIPE: usage('cannot be read from the middle: it is a pipe or a device', 'name a regular file'),
  EEXIST: usage('exists already and is something else', 'choose another path'),
  ENOTEMPTY: usage('is a folder that is not empty', 'choose another path'),
  EBUSY: later('FILE_BUSY', 'is in use', 'run the same command again when it is free'),
  ETXTBSY: later('FILE_BUSY', 'is in use', 'run the same command again when it is free'),
  EACCES: forbidden('may not be opened: permission denied'),
  EPERM: forbidden('may not be changed: operation not permitted'),
  EROFS: forbidden('may not be written: the file system is read-only'),
  ENOSPC: diskFull,
  EDQUOT: diskFull,
  EFBIG: later(
    'FILE_TOO_LARGE',
    'would be larger than allowed here',
    'raise the limit (ulimit -f), or write elsewhere',
  ),
  EMFILE: tooManyFiles,
  ENFILE: tooManyFiles,
  ENOMEM: later('OUT_OF_MEMORY', 'needs more memory than there is', 'end other programs, then run the command again'),
  EIO: later('DISK_ERROR', 'could not be read or written: input/output error', 'check the disk'),
  ERR_FS_FILE_TOO_LARGE: badFile('is larger than 2 GiB and cannot be read at once'),
  ERR_STRING_TOO_LONG: badFile('is larger than 512 MiB of text and cannot be read at once'),
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
  return new Ep23Error(`${place ?? 'a file'} ${text}`, {code, exit, suggestions: [next], cause: error})
}

function workingDirectoryIsGone(error: NodeJS.ErrnoException | null | undefined): Ep23Error | undefined {
  if (error?.syscall !== 'uv_cwd') return undefined
  return new Ep23Error('the working directory no longer exists', {
    code: 'USAGE',
    exit: EXIT.usage,
    suggestions: ['change to a folder that exists, then run the command again'],
    cause: error,
  })
}

function pathWithNull(error: NodeJS.ErrnoException | null | undefined): Ep23Error | undefined {
  if (error?.code !== 'ERR_INVALID_ARG_VALUE' || !/without null bytes/u.test(error.message)) return undefined
  return new Ep23Error('a path holds a null byte', {code: 'USAGE', exit: EXIT.usage, suggestions: ['check the path']})
}
