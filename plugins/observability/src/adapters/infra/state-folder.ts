import {mkdirSync} from 'node:fs'
import {rm} from 'node:fs/promises'
import {join} from 'node:path'

import {badDataError, Ep23Error, EXIT, readTextIfThere, writeFileAtomically} from '@ep23/sdk'
import {withFileLock} from '@ep23/sdk/file-lock'

import type {StateStore, InfraState} from '../../domain/infra.js'

/** The state of one stack in a folder; its file may hold passwords and is readable by its owner only. */
export function stateFolder(folder: string, signal: AbortSignal): StateStore {
  const file = join(folder, 'state.json')
  return {
    async read() {
      const text = await readTextIfThere(file)
      return text === undefined ? undefined : parseState(file, text)
    },
    async write(state) {
      await writeFileAtomically(file, `${JSON.stringify(state, undefined, 2)}\n`, {mode: 0o600})
    },
    clear: () => rm(file, {force: true}),
    async exclusively(work, waitSeconds) {
      mkdirSync(folder, {recursive: true})
      const path = join(folder, 'lock.sqlite')
      return withFileLock({path, signal, waitSeconds, busy: () => busyError(folder)}, work)
    },
  }
}

function busyError(folder: string): Error {
  return new Ep23Error(`another ep23 process is changing the infrastructure in ${folder}`, {
    code: 'INFRA_BUSY',
    exit: EXIT.tryAgain,
    suggestions: ['wait for it with --wait SECONDS', 'give this job a stack of its own with --state-dir'],
  })
}

function parseState(file: string, text: string): InfraState {
  try {
    const state = JSON.parse(text) as InfraState
    if (state.version === 1 && Array.isArray(state.steps)) return state
  } catch (error) {
    throw unreadable(file, error)
  }
  throw unreadable(file)
}

function unreadable(file: string, cause?: unknown): Error {
  return badDataError(
    'INFRA_STATE',
    `${file} was not written by this version of ep23`,
    ['stop the servers it names by hand, then remove it'],
    cause,
  )
}
