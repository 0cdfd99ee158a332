import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {BaseCommand, type CommandResult, type Input, wholeNumber} from '@ep23/sdk'

import type {CommentReport} from '../../actions/comment.js'
import {runsDirFlag} from '../../flags.js'

export default class BenchmarkComment extends BaseCommand<typeof BenchmarkComment> {
  static override summary =
    'Comment on a pull or merge request how a run compares with a baseline: one comment, updated in place.'
  static override description = `Compares by equal sources, so that digests of another model or prompt are held against those of the baseline.
The token is GITHUB_TOKEN (pull-requests: write) or GITLAB_TOKEN. Requests of forks have none that may write: there the comment is left as an
artifact, which a workflow_run of the default branch sends; it does so only if the request still stands at the commit that was judged.`
  static override examples = [
    {description: 'In a job of a pull request', command: '<%= config.bin %> benchmark:comment latest --baseline main'},
    {
      description: 'For a job that may write',
      command: '<%= config.bin %> benchmark:comment latest --baseline main --artifact comment',
    },
    {description: 'That job', command: '<%= config.bin %> benchmark:comment --send comment'},
  ]
  static override flags = {
    baseline: Flags.string({
      summary: 'Baseline or run to compare with.',
      helpValue: 'NAME',
      env: 'EP23_BENCHMARK_COMMENT_BASELINE',
    }),
    artifact: Flags.string({
      summary: 'Write the comment into this folder and send nothing.',
      helpValue: 'DIR',
      env: 'EP23_BENCHMARK_COMMENT_ARTIFACT',
    }),
    send: Flags.string({
      summary: 'Send what such a folder holds.',
      helpValue: 'DIR',
      exclusive: ['artifact', 'baseline'],
      env: 'EP23_BENCHMARK_COMMENT_SEND',
    }),
    forge: Flags.string({
      summary: 'Where the request is. [default: by the job]',
      options: ['github', 'gitlab'],
      env: 'EP23_BENCHMARK_COMMENT_FORGE',
    }),
    api: Flags.string({
      summary: "Its API. [default: the job's, or the public one]",
      helpValue: 'URL',
      env: 'EP23_BENCHMARK_COMMENT_API',
    }),
    project: Flags.string({
      summary: "Repository or project. [default: the job's]",
      helpValue: 'OWNER/NAME',
      env: 'EP23_BENCHMARK_COMMENT_PROJECT',
    }),
    number: wholeNumber({
      summary: "Number of the request. [default: the job's]",
      min: 1,
      env: 'EP23_BENCHMARK_COMMENT_NUMBER',
    }),
    'dataset-dir': runsDirFlag,
  }
  static override args = {
    run: Args.string({description: 'A run: its id, the beginning of one, `latest`, or its folder.'}),
  }
  static override readOnly = true

  protected async execute({flags, args}: Input<typeof BenchmarkComment>): Promise<CommandResult<CommentReport>> {
    const {comment} = await import('../../actions/comment.js')
    return comment(this.runtime, args.run, flags)
  }
}
