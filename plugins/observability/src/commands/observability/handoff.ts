import {resolve} from 'node:path'

import * as Flags from '@oclif/core/flags'
import {assertReplaceable, BaseCommand, writeFileAtomically, type CommandResult, type Input} from '@ep23/sdk'

import type {Handoff} from '../../usecases/build-handoff.js'
import {message} from '../../words/words.js'

export default class ObservabilityHandoff extends BaseCommand<typeof ObservabilityHandoff> {
  static override summary =
    'Write what the next stage needs to know about the last run: trace, latency, metrics, evidence.'
  static override description =
    'The values are read from the store and checked against schemas/handoff.schema.json; fields of the template are kept.'
  static override examples = [
    '<%= config.bin %> observability:handoff --epic EP23 --stage TL-04',
    '<%= config.bin %> observability:handoff --epic EP23 --stage TL-04 --template day.json --evidence datasets/manifest.json --out handoff.json',
  ]
  static override flags = {
    epic: Flags.string({summary: 'Epic.', helpValue: 'ID', required: true, env: 'EP23_OBSERVABILITY_EPIC'}),
    stage: Flags.string({summary: 'Stage.', helpValue: 'ID', required: true, env: 'EP23_OBSERVABILITY_STAGE'}),
    run: Flags.string({
      summary: 'Run to hand over. [default: the latest that was not about observability]',
      helpValue: 'RUN_ID',
      env: 'EP23_OBSERVABILITY_RUN',
    }),
    template: Flags.string({
      summary: 'JSON file whose fields are kept.',
      helpValue: 'FILE',
      env: 'EP23_OBSERVABILITY_TEMPLATE',
    }),
    evidence: Flags.string({
      summary: 'File that proves something; may be given several times.',
      helpValue: 'FILE',
      multiple: true,
      env: 'EP23_OBSERVABILITY_EVIDENCE',
    }),
    endpoint: Flags.string({
      summary: 'Where Prometheus finds the metrics.',
      helpValue: 'URL',
      default: 'http://127.0.0.1:9123/metrics',
      env: 'EP23_OBSERVABILITY_ENDPOINT',
    }),
    out: Flags.string({
      summary: 'Write it to a file instead of printing it.',
      helpValue: 'FILE',
      env: 'EP23_OBSERVABILITY_HANDOFF_OUT',
    }),
  }
  static override args = {}
  static override idempotent = true

  protected async execute({flags}: Input<typeof ObservabilityHandoff>): Promise<CommandResult<Handoff>> {
    const [{buildHandoff}, {compileHandoffSchema, describeEvidence, readTemplate, endpointAnswers}] = await Promise.all(
      [import('../../usecases/build-handoff.js'), import('../../adapters/handoff-files.js')],
    )
    const out = flags.out === undefined ? undefined : resolve(flags.out)
    // The template may be the file itself: its fields are kept.
    if (out !== undefined && out !== resolve(flags.template ?? '')) await assertReplaceable(out, isHandoff)
    const handoff = await buildHandoff(
      {...this.runtime, answers: endpointAnswers, problemsOf: await compileHandoffSchema()},
      {
        ...flags,
        run: flags.run,
        template: flags.template === undefined ? {} : await readTemplate(flags.template),
        evidence: await Promise.all((flags.evidence ?? []).map(describeEvidence)),
      },
    )
    const json = JSON.stringify(handoff, null, 2)
    if (out === undefined) return {data: handoff, text: [json]}
    await writeFileAtomically(out, `${json}\n`)
    return {data: handoff, text: [message('writtenTo', {path: out})]}
  }
}

/** Whether a file begins as an earlier hand-over. */
function isHandoff(beginning: Buffer): boolean {
  const text = beginning.toString()
  return text.startsWith('{') && text.includes('"stage_id"')
}
