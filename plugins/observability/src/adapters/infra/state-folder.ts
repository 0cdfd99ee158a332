import {mkdirSync} from 'node:fs'
import {rm} from 'node:fs/promises'
import {join} from 'node:path'

import {badDataError, Ep23Error, EXIT, readTextIfThere, writeFileAtomically} from '@ep23/sdk'
import {withFileLock} from '@ep23/sdk/file-lock'

import type {StateStore, InfraState} from '../../domain/infra.js'
import {message} from '../../words/words.js'

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
  return new Ep23Error(message('infraBusy', {folder}), {
    code: 'INFRA_BUSY',
    exit: EXIT.tryAgain,
    suggestions: [message('waitForIt'), message('ownStateDir')],
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
  return badDataError('INFRA_STATE', message('otherVersion', {file}), [message('stopByHand')], cause)
}
