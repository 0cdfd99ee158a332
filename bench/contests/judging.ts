// What a judged sample costs beside its judge: CPU time a sample of whole commands, the difference of a large and a small run.
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {sampleOf} from '../../plugins/benchmark/test/sample/samples.ts'
import {costOf} from '../harness/child.ts'
import type {Contest, Contestant} from '../harness/contest.ts'
import {type Setting, withBaseline} from '../harness/setting.ts'

const EP23 = join(import.meta.dirname, '../../bin/run.js')
/** Undecided and unmeasured: recorded scores that the samples have not are no failure of the run. */
const NO_VERDICT = [0, 2, 4, 5]

type Run = (samples: number) => Promise<number>

export function judgingContests(setting: Setting): Contest[] {
  const [few, many] = setting.small ? [2, 4] : [100, 1100]
  const contestant = (name: string, run: Run): Contestant => ({
    name,
    measure: async () => (1000 * ((await run(many)) - (await run(few)))) / (many - few),
  })
  return [
    withBaseline({
      name: `overhead of a judged sample, from ${few} to ${many} of them`,
      unit: 'CPU ms a sample',
      better: 'lower',
      baseline: 'promptfoo, echo provider',
      aim: 0.1,
      contestants: [
        contestant('ep23, recorded scores', ours(setting)),
        ...(setting.small ? [] : [...promptfoo(setting, contestant), ...inspect(setting, contestant)]),
      ],
    }),
  ]
}

function ours({folder}: Setting): Run {
  const env = {...process.env, HOME: folder, EP23_DATA_DIR: folder, CI: '1', EP23_LANG: 'en'}
  return async count => {
    const dataset = join(folder, `samples-${count}.jsonl`)
    const samples = Array.from({length: count}, (_, n) => ({...sampleOf(n), ground_truth: {llm_judge: JUDGED}}))
    writeFileSync(dataset, samples.map(sample => `${JSON.stringify(sample)}\n`).join(''))
    const args = ['benchmark:run', '-s', 'channel_digest_ru', '-d', dataset, '--judge', 'recorded', '--quiet']
    return (await costOf([process.execPath, EP23, ...args], {cwd: folder, env, accept: NO_VERDICT})).cpuSeconds
  }
}

const JUDGED = {
  judge_model: 'instant',
  prompt_version: '1',
  scores: {coverage: 0.9, accuracy: 0.9, coherence: 0.9, informativeness: 0.9},
  verdict: 'good',
}

function promptfoo({peers}: Setting, contestant: (name: string, run: Run) => Contestant): Contestant[] {
  const program = peers.npm('promptfoo', 'dist/src/entrypoint.js')
  if (program === undefined) return []
  const folder = peers.folder('promptfoo')
  const env = {
    ...process.env,
    PROMPTFOO_CONFIG_DIR: join(folder, 'home'),
    PROMPTFOO_DISABLE_TELEMETRY: '1',
    PROMPTFOO_DISABLE_UPDATE: '1',
  }
  const run: Run = async count => {
    const tests = Array.from({length: count}, (_, n) => {
      const {source_text: source} = sampleOf(n)
      return {vars: {source}, assert: [{type: 'contains', value: 'комету'}]}
    })
    const config = join(folder, `config-${count}.json`)
    writeFileSync(config, JSON.stringify({prompts: ['{{source}}'], providers: ['echo'], tests}))
    const args = ['eval', '-c', config, '--no-cache', '--no-table', '--no-progress-bar', '--no-write']
    return (await costOf([process.execPath, program, ...args], {cwd: folder, env})).cpuSeconds
  }
  return [contestant('promptfoo, echo provider', run)]
}

// It counts an answer's tokens by a table from the network, unless the answer tells them.
const INSPECT_TASK = `
import json, os
from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import ModelOutput, ModelUsage, get_model
from inspect_ai.scorer import includes

def answer(*_):
    output = ModelOutput.from_content(model='mockllm', content='Default')
    output.usage = ModelUsage(input_tokens=1, output_tokens=1, total_tokens=2)
    return output

@task
def digests():
    with open(os.environ['SAMPLES'], encoding='utf-8') as file:
        samples = [Sample(input=text, target='Default') for text in json.load(file)]
    return Task(dataset=MemoryDataset(samples), scorer=includes(), model=get_model('mockllm/model', custom_outputs=answer))
`

function inspect({peers}: Setting, contestant: (name: string, run: Run) => Contestant): Contestant[] {
  const python = peers.python('inspect_ai')
  if (python === undefined) return []
  const folder = peers.folder('inspect')
  writeFileSync(join(folder, 'digests.py'), INSPECT_TASK)
  const run: Run = async count => {
    const samples = join(folder, `samples-${count}.json`)
    writeFileSync(samples, JSON.stringify(Array.from({length: count}, (_, n) => sampleOf(n).source_text)))
    const env = {...process.env, SAMPLES: samples, INSPECT_LOG_DIR: join(folder, 'logs')}
    const args = ['-m', 'inspect_ai', 'eval', 'digests.py', '--display', 'plain']
    const {cpuSeconds, stdout} = await costOf([python, ...args], {cwd: folder, env})
    // It ends with 0 where it could not.
    return stdout.includes('Task interrupted') ? peers.fail('inspect_ai, mockllm') : cpuSeconds
  }
  return [contestant('inspect_ai, mockllm', run)]
}
