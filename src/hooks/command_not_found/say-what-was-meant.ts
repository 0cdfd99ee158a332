import {setImmediate as immediate} from 'node:timers/promises'

import type {Config} from '@oclif/core'
import {Ep23Error, errorEnvelope, EXIT, printableJson, nearest, usageError} from '@ep23/sdk'
import {pluginWarnings} from '../../language/plugin-warning.js'
import {message} from '../../words/words.js'

/** Tells what was probably meant, as an error or, with `--json`, as its document; runs nothing on its own. */
export default async function sayWhatWasMeant({
  id,
  argv = [],
  config,
}: {
  id: string
  argv?: string[]
  config: Config
}): Promise<true> {
  // The command may be unknown because it could not be loaded: what says so is written before the process ends.
  await immediate()
  await pluginWarnings()
  const error =
    missingPlugin(config) ??
    unknownCommand(id, {
      commands: config.commands.filter(({hidden}) => !hidden).flatMap(({id: known, aliases}) => [known, ...aliases]),
      topics: config.topics.map(({name}) => name),
    })
  if (!argv.includes('--json')) throw Object.assign(error, {oclif: {exit: error.exit}})
  process.stdout.write(`${printableJson(JSON.stringify(errorEnvelope({command: id}, error), null, 2))}\n`)
  process.exitCode = error.exit
  return true
}

/** oclif leaves out a plugin whose files it could not read, so that its commands seem not to exist. */
function missingPlugin({pjson, plugins}: Config): Ep23Error | undefined {
  const missing = (pjson.oclif.plugins ?? []).filter(name => !plugins.has(name))
  if (missing.length === 0) return undefined
  return new Ep23Error(message('notLoaded', {names: missing.join(', ')}), {
    code: 'PLUGIN_NOT_LOADED',
    exit: EXIT.tryAgain,
    suggestions: [message('warningsNameFile'), message('tooFewFiles'), message('installAgain')],
  })
}

interface Known {
  commands: readonly string[]
  topics: readonly string[]
}

/**
 * What to say of words that are no command: an argument too many (64), a long dash in place of two short ones (64), or no such command
 * (127) with what was probably meant. Never runs anything.
 * @param id what oclif made of the words, joined by colons: `dataset:audit:extra`
 */
function unknownCommand(id: string, {commands, topics}: Known): Ep23Error {
  const words = id.split(':')
  const dashed = words.find(word => /^[‐-―−]/u.test(word))
  if (dashed !== undefined)
    return usageError(message('longDash', {word: dashed}), [
      message('writeDashes', {word: dashed.replace(/^[‐-―−]+/u, '--')}),
    ])

  const known = words.findLastIndex((_, index) => commands.includes(words.slice(0, index + 1).join(':')))
  if (known !== -1) {
    const [command, extra] = [words.slice(0, known + 1).join(':'), words.slice(known + 1).join(' ')]
    return usageError(message('noArgumentHere', {command, extra}), [message('seeHelpOf', {command})])
  }

  const candidates = [...new Set([...commands, ...topics])]
  const verbs = withoutTopic(id, candidates)
  const meant = verbs.length > 0 ? verbs : nearest(id, candidates)
  const [topic = ''] = words
  return new Ep23Error(message('noSuchCommand', {id}), {
    code: 'UNKNOWN_COMMAND',
    exit: EXIT.noSuchCommand,
    suggestions: [
      ...meant.map(command => message('didYouMeanCommand', {command})),
      topics.includes(topic) ? message('helpOfTopic', {topic}) : message('helpOfAll'),
    ],
  })
}

/** What ends with the words, or almost: of `audit` and `auditt` `dataset:audit`, of `list` every topic's list. */
function withoutTopic(typed: string, commands: readonly string[]): string[] {
  const ends = new Map(commands.map(command => [command, command.split(':').slice(-typed.split(':').length).join(':')]))
  const [verb] = nearest(typed, [...new Set(ends.values())], 1)
  // Plugins are loaded in any order.
  return commands.filter(command => command !== verb && ends.get(command) === verb).toSorted()
}
