import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import type {RunReport} from '../../actions/run.js'
import {benchmarkFlags} from '../../flags.js'

export default class BenchmarkRun extends BaseCommand<typeof BenchmarkRun> {
  static override summary = 'Score digests and decide: pass, warn, fail, undecided or unmeasured.'
  static override description = `Judges every sample, writes each judgement to a journal as it comes, and decides each gate by its confidence interval.
Thresholds belong to a judge: without thresholds for its scale the scores are reported and the run is undecided.
An undecided run ends with exit code 4, so that no job takes it for a pass; --allow-undecided makes that 0.
What could not be judged is unmeasured, never a number. Real and synthetic samples are reported apart; synthetic ones alone never pass a live scenario.

With --answer-writer the answers to judge are written anew, all of them by that writer: --answer-repeats N of them to each source, each
judged --judge-repeats times. The result then tells how much of the variance lies between samples, between answers and between judgements.

A number written into the file "concurrency" of the run's folder changes, while it runs, how many requests are made at once.`
  static override examples = [
    {description: 'Offline, over the store', command: '<%= config.bin %> benchmark:run --scenario channel_digest_ru'},
    {
      description: 'A language model as judge, at most 2 of your currency',
      command:
        '<%= config.bin %> benchmark:run -s channel_digest_ru --judge llm --model qwen3-32b --prompt-price 0.4 --completion-price 1.2 --max-cost 2',
    },
    {
      description: 'How much of the scores is the writer, how much the judge',
      command:
        '<%= config.bin %> benchmark:run -s channel_digest_ru --judge llm --model qwen3-32b --answer-writer openai:qwen3-32b --answer-repeats 3 --judge-repeats 2',
    },
    {
      description: 'The scores that came with an export',
      command: '<%= config.bin %> benchmark:run -s channel_digest_ru --dataset exports/digests.jsonl --dry-run',
    },
  ]
  static override flags = benchmarkFlags
  static override args = {}

  protected async execute({flags}: Input<typeof BenchmarkRun>): Promise<CommandResult<RunReport>> {
    const {runScenario} = await import('../../actions/run.js')
    return runScenario(this.runtime, flags)
  }
}
