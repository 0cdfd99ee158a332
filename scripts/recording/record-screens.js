import {spawnSync} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

export const COLUMNS = 92
const RUN = 'benchmark:run --scenario channel_digest_ru --judge lexical'
/** What has to be there before, and is not shown. */
const BEFORE = ['dataset:samples samples', 'init --yes --from samples/channels']
/** What is shown, each on a screen of its own; what begins with - is run without being shown. */
const SHOWN = [
  'dataset:seed',
  'exporters:verify',
  RUN,
  '-benchmark:bless latest --as main',
  `-${RUN} --answer-writer extractive`,
  'benchmark:compare main latest --pair source',
]

/**
 * Runs the commands in a terminal (util-linux's `script`) in a folder of their own.
 * @returns each shown command with the lines that it printed, with their colours
 */
export function recordScreens(root, language) {
  const folder = mkdtempSync(join(tmpdir(), 'ep23-recording-'))
  try {
    for (const command of BEFORE) inTerminal(root, folder, language, command)
    return SHOWN.flatMap(command => {
      const lines = inTerminal(root, folder, language, command.replace(/^-/u, ''))
      return command.startsWith('-') ? [] : [{command: `ep23 ${command}`, lines}]
    })
  } finally {
    rmSync(folder, {recursive: true, force: true})
  }
}

function inTerminal(root, folder, language, command) {
  const shell = `stty cols ${COLUMNS} rows 40; exec '${process.execPath}' '${join(root, 'bin/run.js')}' ${command}`
  const own = {
    TERM: 'xterm-256color',
    LANG: 'C.UTF-8',
    EP23_LANG: language,
    EP23_QUIET: '1',
    EP23_DATA_DIR: join(folder, '.data'),
  }
  const {status, stdout, stderr, error} = spawnSync('script', ['-qec', `${shell} 2>/dev/null`, '/dev/null'], {
    cwd: folder,
    encoding: 'utf8',
    env: {PATH: process.env.PATH, HOME: folder, ...own},
  })
  if (error) throw error
  if (status !== 0) throw new Error(`ep23 ${command} ended with ${status}: ${stdout}${stderr}`)
  return stdout.replaceAll(`${folder}/`, '').replaceAll('\r\n', '\n').trimEnd().split('\n')
}
