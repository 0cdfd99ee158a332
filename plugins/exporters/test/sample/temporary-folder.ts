import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

/** A folder for one suite, made before it and removed after it. */
export function temporaryFolder(): {readonly path: string} {
  const state = {path: ''}
  beforeEach(() => {
    state.path = mkdtempSync(join(tmpdir(), 'ep23-exporters-'))
  })
  afterEach(() => rmSync(state.path, {recursive: true, force: true}))
  return state
}
