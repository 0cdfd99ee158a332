import {globSync, readFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'
import {toEp23Error} from '@ep23/sdk'

import {russianOfOclif} from '#src/language/oclif-in-russian.js'
import {oclifRefusal} from '#src/language/oclif-refusals.js'

const root = join(import.meta.dirname, '../../node_modules/@oclif')

/** Sentences as they stand in oclif's sources, from which our Russian is made: one that an upgrade changes is named here. */
const SAID: readonly string[] = [
  'No plugins installed.',
  String.raw`\nUninstalled JIT Plugins:`,
  "Found ${userPlugins.length} plugin${userPlugins.length === 0 ? '' : 's'}:",
  '✅ Removed the following files:',
  "✅ ${plugin.type === 'link' ? 'Unlinked' : 'Uninstalled'} ${plugin.name}",
  '✅ Relinked ${plugin.name} ${newVersion}',
  '✅ Reinstalled ${plugin.name}${tag} ${newVersion}',
  'Failed to uninstall ${plugin.name}',
  'Failed to relink ${plugin.name}',
  'Failed to reinstall ${plugin.name}',
  'Reinstall flag passed:',
  '${this.config.name}: Linking plugin ${cyan(args.path)}',
  '${this.config.name}: Installing plugin ${cyan(p.url)}',
  '${this.config.name}: Uninstalling ${displayName}',
  '${this.config.name}: Updating plugins',
  'installed v${plugin.version}',
  '${name} is blocked',
  'No lockfile found in ${c.root}. The link succeeded, but you may need to install the dependencies in your project.',
  "pnpm is not supported for installing after a link. The link succeeded, but you may need to run 'pnpm install' in ${c.root}.",
  'This plugin may not work as expected because the prepare script did not produce all the expected files.',
  String.raw`\nThese warnings can only be addressed by the owner(s) of ${'$'}{plugin.name}.`,
  'and ask the plugin owners to address them.',
  'Plugin failed to install because of a permissions error.',
  'Does your current user own the directory ${this.config.dataDir}?',
  'Run with DEBUG=@oclif/plugin-plugins* to see debug output.',
]
const REFUSED: readonly string[] = [
  '${friendly} is installed via plugin ${p.parent.name}, uninstall ${p.parent.name} instead',
  '${friendly} is not installed',
  '${pluginName} not installed',
  'Invalid npm package name.',
  '${name} does not exist in the registry.',
  'Ignoring top-level CLI plugin ${this.config.name}.${updateInstructions}',
  'plugin is invalid',
  "${modulePath} ${args.join(' ')} exited with code ${code}",
  'npm not found',
]
/** Of the parser: what has no facts of its own, by its words. */
const PARSED: readonly string[] = [
  "Expected --${flag.name}=${input} to be one of: ${flag.options.join(', ')}",
  "Expected ${input} to be one of: ${arg.options.join(', ')}",
  'Flag --${name} expects a value',
  'Flag --${name} can only be specified once',
  'Flag --${name} can only be read from stdin. The value must be "-" or not provided at all.',
  "Flag --${name} expects one of these values: ${flag.options.join(', ')}",
  'Alternatively, you can use "--" to signify the end of the flags and the beginning of arguments.',
  'Missing required flag ${name}',
  '--${flag} cannot also be provided when using --${name}',
  'All of the following must be provided when using --${name}: ${formattedFlags}',
  'Only the following can be provided when using --${name}: ${formattedFlags}',
  'One of the following must be provided when using --${name}: ${formattedFlags}',
  'Exactly one of the following must be provided: ${deduped}',
  'At least one of the following must be provided: ${deduped}',
]
/** What the sentences of a list are pieces of. */
const WHOLE: ReadonlyMap<string, string> = new Map([
  [
    'and ask the plugin owners to address them.',
    'We suggest that you create an issue at 0 and ask the plugin owners to address them.',
  ],
  [
    'Plugin failed to install because of a permissions error.',
    'Plugin failed to install because of a permissions error.\nDoes your current user own the directory 0?',
  ],
  ['Does your current user own the directory ${this.config.dataDir}?', ''],
])

/** The sentence with 0 for every name. */
function filled(sentence: string): string {
  return (WHOLE.get(sentence) ?? sentence)
    .replaceAll("${plugin.type === 'link' ? 'Unlinked' : 'Uninstalled'}", 'Unlinked')
    .replaceAll("plugin${userPlugins.length === 0 ? '' : 's'}", 'plugins')
    .replaceAll(/\$\{[^}]*\}/gu, '0')
    .replaceAll(String.raw`\n`, '\n')
}

const ENGLISH = /(?<![\w/-])(?!DEBUG|oclif|npm|install|pnpm|package|json|files|ep23)[a-z]{3,}/iu

describe('what oclif says', () => {
  const sources = globSync('{core,plugin-plugins}/lib/**/*.js', {cwd: root})
    .map(file => readFileSync(join(root, file), 'utf8'))
    .join('\n')

  it('stands in its sources as it is recognised', () => {
    expect([...SAID, ...REFUSED, ...PARSED].filter(sentence => !sources.includes(sentence))).to.deep.equal([])
  })

  it('is Russian where its commands print it', () => {
    const left = SAID.map(filled)
      .map(russianOfOclif)
      .filter(said => ENGLISH.test(said))
    expect(left).to.deep.equal([])
  })

  it('is a refusal of ours where its commands refuse', () => {
    expect(REFUSED.filter(sentence => oclifRefusal(new Error(filled(sentence))) === undefined)).to.deep.equal([])
  })

  it('is Russian where its parser refuses', async () => {
    const errors = PARSED.map(sentence => Object.assign(new Error(filled(sentence)), {parse: {}}))
    const said = await Promise.all(errors.map(async error => (await toEp23Error(error).in('ru')).message))
    expect(said.filter(text => ENGLISH.test(text))).to.deep.equal([])
  })

  it('is said without the style that oclif gives it in a terminal, and is Russian there too', async () => {
    const sentences = PARSED.map(filled)
    const error = toEp23Error(Object.assign(new Error(`  \u001B[2m${sentences.join('\n  ')}\u001B[22m`), {parse: {}}))
    expect(error.message).to.equal(`  ${sentences.join('\n  ')}`)
    const missing = toEp23Error(Object.assign(new Error('  \u001B[2mMissing required flag x\u001B[22m'), {parse: {}}))
    expect((await missing.in('ru')).message).to.equal('  не указан обязательный флаг --x')
  })

  it('is made of the facts that the parser has', async () => {
    const cases = [
      [{flags: ['--x']}, 'такого флага нет: --x'],
      [{flags: ['--x', '-y']}, 'таких флагов нет: --x, -y'],
      [{args: ['a']}, 'лишний аргумент: a'],
      [{args: ['a', 'b']}, 'лишние аргументы: a, b'],
      [{args: [{name: 'run'}]}, 'не хватает аргумента:\nrun  The run.'],
    ] as const
    const said = cases.map(async ([facts]) => {
      const error = Object.assign(new Error('Whatever it says:\nrun  The run.'), {parse: {}}, facts)
      return (await toEp23Error(error).in('ru')).message
    })
    const expected = cases.map(([facts, russian]) =>
      'flags' in facts || typeof facts.args[0] === 'string' ? `${russian}\nrun  The run.` : russian,
    )
    expect(await Promise.all(said)).to.deep.equal(expected)
  })
})
