import {join} from 'node:path'

import * as Args from '@oclif/core/args'
import {BaseCommand, readTextIfThere, usageError, writeFileAtomically, type CommandResult, type Input} from '@ep23/sdk'

import {message} from '../../words/words.js'

interface SamplesData {
  folder: string
  channels: string[]
  files: string[]
}

export default class DatasetSamples extends BaseCommand<typeof DatasetSamples> {
  static override summary = 'Write sample files to try ep23 with: posts of five invented channels, and judged queries.'
  static override description = `Everything in them is invented and the same on every machine: news of towns and people that do not exist, as JSON lines.
Once seeded they count as read from Telegram, so that every verdict is what real channels would get: keep them out of a store that you trust.`
  static override examples = [
    '<%= config.bin %> dataset:samples samples',
    {
      description: 'Then set up a project with them',
      command: '<%= config.bin %> init --yes --from samples/channels',
    },
  ]
  static override flags = {}
  static override args = {
    folder: Args.string({description: 'Folder to write into.', required: true}),
  }
  static override idempotent = true
  static override readOnly = true

  protected async execute({args: {folder}}: Input<typeof DatasetSamples>): Promise<CommandResult<SamplesData>> {
    const {SAMPLE_CHANNELS, sampleFiles} = await import('../../adapters/synthetic/sample-files.js')
    const samples = sampleFiles().map(({path, content}) => ({path: join(folder, path), content}))
    for (const sample of samples) await refuseOther(sample)
    for (const {path, content} of samples) await writeFileAtomically(path, content)
    const files = samples.map(({path}) => path)
    const next = message('nextAfterSamples', {channels: join(folder, 'channels')})
    return {
      data: {folder, channels: SAMPLE_CHANNELS, files},
      text: [...files, await next.in(this.runtime.settings.lang)],
    }
  }
}

/** Exports of a team's own may have these names. */
async function refuseOther({path, content}: {path: string; content: string}): Promise<void> {
  const there = await readTextIfThere(path)
  if (there !== undefined && there !== content) throw usageError(message('otherFile', {path}), [message('ownFolder')])
}
