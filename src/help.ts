import type {Command, Interfaces} from '@oclif/core'
import {CommandHelp, Help} from '@oclif/core/help'
// Not the whole sdk: a help page needs nothing else of it.
import {EXIT_MEANINGS} from '@ep23/sdk/exit-codes'
import {languageHere} from './language/language-of.js'
import type {Translate} from './language/static-words.js'

const TOPIC = 'exit-codes'

/** oclif's help pages in a person's language, with one line on exit codes each and a page for all of them: scripts and CI jobs are written against them. */
export default class Ep23Help extends Help {
  #t: Translate = english => english
  #page: Command.Loadable | undefined

  constructor(config: Interfaces.Config, opts?: Partial<Interfaces.HelpOptions>) {
    super(config, opts)
    const t: Translate = english => this.#t(english)
    this.CommandHelpClass = class extends CommandPage {
      override t = t
    }
  }

  override async showHelp(argv: string[]): Promise<void> {
    // In English not even the reader of catalogues is loaded.
    if (languageHere() === 'ru') this.#t = (await import('./language/static-words.js')).translator('ru', this.config)
    if (argv.find(word => !word.startsWith('-')) === TOPIC) this.log(this.section('EXIT CODES', this.#exitCodes()))
    else await super.showHelp(argv).catch(async (error: unknown) => this.#sayWhatWasMeant(error))
  }

  /** Words that are no command are answered as where they are run. */
  async #sayWhatWasMeant(error: unknown): Promise<void> {
    const [, id] = /^Command (.+) not found\.$/su.exec(error instanceof Error ? error.message : '') ?? []
    if (id === undefined) throw error
    const words = {id: id.replaceAll(' ', ':'), argv: process.argv.slice(2)}
    await this.config.runHook('command_not_found', words).catch(async (meant: unknown) => {
      // With --help oclif does not ask the hooks that otherwise see an error before it is printed.
      const {sayInLanguage} = await import('./language/say-error.js')
      if (meant instanceof Error) await sayInLanguage(meant, this.config)
      throw meant
    })
  }

  override async showCommandHelp(command: Command.Loadable): Promise<void> {
    this.#page = inLanguage(command, this.#t)
    return super.showCommandHelp(this.#page)
  }

  /** Wrapped where it opens a page; in lists oclif wraps it itself. */
  protected override summary(command: Command.Loadable): string | undefined {
    const summary = super.summary(command)
    return command === this.#page && summary !== undefined ? this.wrap(summary, 0) : summary
  }

  override formatCommand(command: Command.Loadable): string {
    const line = this.#t('0 ok, 64 wrong usage, 65 bad data; all of them: ep23 help exit-codes')
    return `${super.formatCommand(command)}\n\n${this.section('EXIT CODES', this.wrap(line))}`
  }

  override formatCommands(commands: Command.Loadable[]): string {
    return super.formatCommands(commands.map(command => inLanguage(command, this.#t)))
  }

  override formatTopic(topic: Interfaces.Topic): string {
    const [summary = '', ...rest] = super.formatTopic(topicInLanguage(topic, this.#t)).split('\n')
    return [this.wrap(summary, 0), ...rest]
      .join('\n')
      .replace(`${topic.name.replaceAll(':', ' ')} COMMAND`, `${topic.name.replaceAll(':', ' ')} ${this.#t('COMMAND')}`)
  }

  override formatTopics(topics: Interfaces.Topic[]): string {
    return super.formatTopics(topics.map(topic => topicInLanguage(topic, this.#t)))
  }

  override formatRoot(): string {
    const {bin, pjson, userAgent} = this.config
    return [
      this.wrap(this.#t(pjson.description ?? ''), 0),
      this.section('VERSION', userAgent),
      this.section('USAGE', `$ ${bin} [${this.#t('COMMAND')}]`),
      this.section('EXIT CODES', `ep23 help ${TOPIC}`),
    ].join('\n\n')
  }

  override section(header: string, body: Parameters<Help['section']>[1]): string {
    return super.section(this.#t(header), body)
  }

  #exitCodes(): string {
    return Object.entries(EXIT_MEANINGS)
      .map(([code, meaning]) => `${code.padStart(3)}  ${this.#t(meaning)}`)
      .join('\n')
  }
}

const FIRST: readonly string[] = ['USAGE', 'EXAMPLES', 'DESCRIPTION', 'ARGUMENTS']

/** `[--limit N]`, `[--dry-run | --judge NAME]`, `[--from [@channel=]FILE]`. */
const OPTIONAL_FLAGS = / ?\[-(?:[^[\]]|\[[^[\]]*\])*\]/gu

const FEW_OPTIONS = 24

/** A command's page; what oclif writes between the texts is found by its words. */
class CommandPage extends CommandHelp {
  protected t: Translate = text => text

  override section(header: string, body: Parameters<CommandHelp['section']>[1]): string {
    return super.section(this.t(header), body)
  }

  // oclif forgets the section's own indentation, and lines end two columns beyond the terminal.
  override renderList(...[rows, opts]: Parameters<CommandHelp['renderList']>): string {
    return super.renderList(rows, {...opts, indentation: opts.indentation + 2})
  }

  protected override args(args: Command.Arg.Any[]): ReturnType<CommandHelp['args']> {
    return super.args(args)?.map(([left, right]) => [left, this.#marks(right)])
  }

  protected override flags(flags: Command.Flag.Any[]): ReturnType<CommandHelp['flags']> {
    return super.flags(flags)?.map(([left, right]) => [left.replace(/<(?:value|option)>/u, this.t), this.#marks(right)])
  }

  // What to type comes first; the list of flags is for whoever reads on.
  protected override sections(): ReturnType<CommandHelp['sections']> {
    const place = (header: string): number => (FIRST.includes(header) ? FIRST.indexOf(header) : FIRST.length)
    return super.sections().toSorted((a, b) => place(a.header) - place(b.header))
  }

  /** With the flags that must be given; the others are listed below it. */
  protected override defaultUsage(): string {
    return `${super.defaultUsage().replaceAll(OPTIONAL_FLAGS, '')} [${this.t('FLAGS')}]`.replaceAll('<value>', this.t)
  }

  /** Without the summary, which stands at the top of the page. */
  protected override description(): string | undefined {
    const {summary, description = ''} = this.command
    const rest = summary === undefined ? description.split('\n').slice(1).join('\n').trim() : description
    return rest === '' ? undefined : this.wrap(this.render(rest))
  }

  /** What it is comes first, how else it is set behind it. */
  #marks(text: string | undefined): string | undefined {
    return text
      ?.replace(
        /^((?:\(required\) |\[(?:default|env): [^\]]*\] )+)([^\n]+)/u,
        (_, marks: string, said: string) => `${said} ${marks.trim()}`,
      )
      .replace('[default: ', () => `[${this.t('default')}: `)
      .replace(/(\[|, )env: /u, (_, before: string) => `${before}${this.t('env')}: `)
      .replace('(required)', () => this.t('(required)'))
      .replace(/<options: ([^>]*)>/u, (_, list: string) => {
        // Many are broken between them, and none within.
        const options = list.length > FEW_OPTIONS ? list.replaceAll('|', ' | ') : list
        return `<${this.t('options')}: ${options}>`
      })
  }
}

function inLanguage(command: Command.Loadable, t: Translate): Command.Loadable {
  const {summary, description, examples, flags, args} = command
  return Object.assign(Object.create(command) as Command.Loadable, {
    ...(summary !== undefined && {summary: t(summary)}),
    ...(description !== undefined && {description: t(description)}),
    ...(examples && {examples: examples.map(example => exampleInLanguage(example, t))}),
    flags: mapped(flags, flag => ({...flag, ...textsOf(flag, t)})),
    args: mapped(args, arg => ({...arg, ...textsOf(arg, t)})),
  })
}

function exampleInLanguage(example: Command.Example, t: Translate): Command.Example {
  return typeof example === 'string' ? example : {...example, description: t(example.description)}
}

function topicInLanguage(topic: Interfaces.Topic, t: Translate): Interfaces.Topic {
  return {...topic, ...textsOf(topic, t)}
}

function textsOf(
  {summary, description}: {summary?: string | undefined; description?: string | undefined},
  t: Translate,
): object {
  return {
    ...(summary !== undefined && {summary: t(summary)}),
    ...(description !== undefined && {description: t(description)}),
  }
}

function mapped<T>(record: Readonly<Record<string, T>>, map: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]))
}
