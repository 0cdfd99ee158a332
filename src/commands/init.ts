import {join} from 'node:path'

import * as Flags from '@oclif/core/flags'
import {BaseCommand, type CommandResult, type Input, type Text, type Message, joined, maskCredentials} from '@ep23/sdk'

import {formatFindings, toDiagnosis, type Diagnosis} from '../findings.js'
import type {Answers} from '../init/answers.js'
import {translator} from '../language/static-words.js'
import type {ProjectFiles} from '../init/project-files.js'
import {message} from '../words/words.js'

/** What a project without channels of its own begins with: the demo's, all synthetic. */
const DEMO_CHANNELS = '@naked_science,@habr,@proglib,@moscowach,@moskva_live'
const DEFAULT_STORE = '.ep23/store.sqlite'

interface InitData extends ProjectFiles {
  checks: readonly Diagnosis[]
}

export default class Init extends BaseCommand<typeof Init> {
  static override summary =
    'Set up a project: ask for channels, sources, store and model server, and write ep23.config.yaml.'
  static override description = `Tests the answers before anything is written: the store can be reached, the exports can be read, the model server answers.
Writes ep23.config.yaml and the files that plugins start with, such as the retrieval configuration. Existing files are kept.`
  static override examples = [
    {description: 'Answer in the terminal', command: '<%= config.bin %> init'},
    {description: 'The demo, without a question', command: '<%= config.bin %> init --yes'},
    {
      description: 'Every export of a folder; each file is named after its channel',
      command: '<%= config.bin %> init --yes --from exports/ --llm-url http://127.0.0.1:11434/v1',
    },
  ]
  static override flags = {
    channels: Flags.string({
      summary: 'The channels. [default: named by the sources, else the five of the demo]',
      helpValue: '@a,@b',
      env: 'EP23_INIT_CHANNELS',
    }),
    from: Flags.string({
      summary: "Where the posts come from: one channel's, or all channels'. May be repeated.",
      helpValue: '[@channel=]FILE|FOLDER|mongodb://…',
      multiple: true,
      env: 'EP23_INIT_FROM',
    }),
    'llm-url': Flags.string({
      summary: 'An OpenAI-compatible model server.',
      helpValue: 'URL',
      env: 'EP23_INIT_LLM_URL',
    }),
    gitignore: Flags.boolean({
      summary: 'Add keys, archives and stores to .gitignore.',
      env: 'EP23_INIT_GITIGNORE',
    }),
    check: Flags.boolean({
      summary: 'Test the answers first.',
      default: true,
      allowNo: true,
      env: 'EP23_INIT_CHECK',
    }),
    force: Flags.boolean({summary: 'Overwrite ep23.config.yaml.', env: 'EP23_INIT_FORCE'}),
    yes: Flags.boolean({char: 'y', summary: 'Ask nothing: flags and defaults are the answers.', env: 'EP23_INIT_YES'}),
  }
  static override args = {}
  static override readOnly = true
  static override idempotent = true

  protected async execute({flags}: Input<typeof Init>): Promise<CommandResult<InitData>> {
    const folder = process.cwd()
    const [{writeProject, assertNoSettings}, {askUntilTested, testAnswers}] = await Promise.all([
      import('../init/project-files.js'),
      import('../init/test-answers.js'),
    ])
    const proposed = await this.proposed(flags, folder)
    const isAsked = !flags.yes && !this.jsonEnabled()
    if (isAsked && !flags.force) assertNoSettings(folder)
    const {answers, checks} = isAsked
      ? await askUntilTested(this.runtime, proposed, {...flags, folder})
      : await testAnswers(this.runtime, proposed, flags)
    const contributions = await this.runtime.contributions()
    const project = await writeProject(answers, {
      folder,
      force: flags.force,
      schema: join(this.config.root, 'schemas/ep23.config.schema.json'),
      starterFiles: contributions.flatMap(({starterFiles = []}) => starterFiles),
      signal: this.runtime.signal,
    })
    const text = [
      ...(await formatFindings(
        checks,
        this.runtime.settings.lang,
        translator(this.runtime.settings.lang, this.config),
      )),
      ...renderInit(project),
    ]
    return {data: {...project, checks: checks.map(toDiagnosis)}, text, warnings: warningsOf(answers)}
  }

  private async proposed(flags: Input<typeof Init>['flags'], folder: string): Promise<Answers> {
    const {asWritten, parseChannelNames, channelsWithSources} = await import('../init/answers.js')
    const {channels, from = [], store, 'llm-url': llmUrl, gitignore} = flags
    const names = channels ?? (from.length > 0 ? '' : DEMO_CHANNELS)
    return {
      channels: channelsWithSources(parseChannelNames(names), from, folder),
      store: store === undefined ? DEFAULT_STORE : asWritten(store, folder),
      llmUrl,
      lang: this.runtime.settings.lang,
      gitignore,
    }
  }
}

function renderInit({files, ignore}: ProjectFiles): Text[] {
  return [
    ...files.map(({path, status}) => joined([path, message(status)], ': ')),
    ...(ignore.length > 0 ? [message('notIgnored', {ignore: ignore.join(' ')})] : []),
    message('nextSeedPlan'),
  ]
}

/** A settings file is read by everybody who has the repository. */
function warningsOf({store, channels, llmUrl}: Answers): Message[] {
  const places = [store, llmUrl ?? '', ...channels.flatMap(({from}) => from ?? [])]
  return places.some(place => maskCredentials(place) !== place) ? [message('holdsPassword')] : []
}
