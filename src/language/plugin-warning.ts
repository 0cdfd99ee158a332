import {verbatim} from '@ep23/sdk'

import {message} from '../words/words.js'
import {warnOnStderr} from './warn.js'

const said = new Map<string, Promise<void>>()

/**
 * Says in one line what oclif tells of a plugin's command that cannot be loaded in seven, and more than once.
 * @returns false for a warning of anybody else
 */
export function warnOfPlugin({message: first, detail = ''}: Error & {detail?: string}): boolean {
  const text = `${first}\n${detail}`
  const fact = (name: string): string => new RegExp(`^${name}: (.*)$`, 'mu').exec(text)?.[1] ?? ''
  if (!/^module: @oclif\/core/mu.test(text) || fact('plugin') === '') return false
  const [plugin, problem] = [fact('plugin'), fact('message')]
  const command = /\((.+)\)$/u.exec(fact('task'))?.[1] ?? ''
  const name = `${plugin} ${command}`
  if (!said.has(name))
    said.set(name, warnOnStderr(message('commandLeftOut', {plugin, command, problem: verbatim(problem)})))
  return true
}

/** Settled when every one of them is written. */
export async function pluginWarnings(): Promise<void> {
  await Promise.all(said.values())
}
