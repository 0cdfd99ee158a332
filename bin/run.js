#!/usr/bin/env node
// Plain JavaScript that old Node versions can parse, so that they get a sentence and not a syntax error.
import * as nodeModule from 'node:module'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < 22 || (major === 22 && minor < 13)) {
  process.stderr.write(`ep23 needs Node 22.13 or newer, this is ${process.version}\n`)
  process.exitCode = 69
} else {
  nodeModule.enableCompileCache?.()
  // `ep23 … | head` closes our stdout early: that is no failure, and nobody is left to read more.
  process.stdout.on('error', error => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0)
  })
  process.env['OCLIF_DISABLE_LINKED_ESM_WARNING'] ??= '1'
  const {execute} = await import('@oclif/core/execute')
  await execute({args: words(process.argv.slice(2)), dir: import.meta.url})
  // The work is done and stdout is written. Left to itself, Node would first finish a garbage collection that nobody needs.
  process.stderr.write('', () => process.exit())
}

/** `rag:owner init` is `rag:owner:init` and `rag owner init`: oclif knows the last two, people mix them. */
function words([given = '--help', ...others]) {
  // No command's name has a control character, and oclif shows an unknown one as it is.
  const first = given.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '·')
  return first.startsWith('-') ? [first, ...others] : [...first.split(':'), ...others]
}
