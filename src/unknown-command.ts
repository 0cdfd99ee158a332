import {Ep23Error, EXIT, nearest, usageError} from '@ep23/sdk'

interface Known {
  commands: readonly string[]
  topics: readonly string[]
}

/**
 * What to say of words that are no command: an argument too many (64), a long dash in place of two short ones (64), or no such command
 * (127) with what was probably meant. Never runs anything.
 * @param id what oclif made of the words, joined by colons: `dataset:audit:extra`
 */
export function unknownCommand(id: string, {commands, topics}: Known): Ep23Error {
  const words = id.split(':')
  const dashed = words.find(word => /^[‐-―−]/u.test(word))
  if (dashed !== undefined)
    return usageError(`"${dashed}" begins with a long dash`, [`write ${dashed.replace(/^[‐-―−]+/u, '--')}`])

  const known = words.findLastIndex((_, index) => commands.includes(words.slice(0, index + 1).join(':')))
  if (known !== -1) {
    const [command, extra] = [words.slice(0, known + 1).join(':'), words.slice(known + 1).join(' ')]
    return usageError(`ep23 ${command} takes no argument here: ${extra}`, [`see ep23 ${command} --help`])
  }

  const meant = nearest(id, [...new Set([...commands, ...topics])])
  const [topic] = words
  return new Ep23Error(`ep23 has no command ${id}`, {
    code: 'UNKNOWN_COMMAND',
    exit: EXIT.noSuchCommand,
    suggestions: [
      ...meant.map(each => `did you mean ep23 ${each}?`),
      topics.includes(topic ?? '') ? `ep23 help ${topic} lists its commands` : 'ep23 help lists all commands',
    ],
  })
}
