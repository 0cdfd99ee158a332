import type {MeaningProblem} from './meaning-problem.js'
import {message} from '../words/words.js'

/** A writer or a judge of a matrix, with the flags of `benchmark:run` that set it up. */
export interface MatrixEntry {
  /** `dataset` for the digests as they are, else what `--answer-writer` takes; of a judge what `--judge` takes, a model being `llm:MODEL`. */
  name: string
  flags: readonly string[]
}

/** One run of a matrix: who wrote, who judges, by which scenario (whose prompt it is). */
export interface MatrixRun {
  scenario: string
  writer: MatrixEntry
  judge: MatrixEntry
}

export interface MatrixAxes {
  scenarios: readonly string[]
  writers: readonly MatrixEntry[]
  judges: readonly MatrixEntry[]
}

/** A whole matrix, of flags or of a file. */
export interface MatrixPlan extends MatrixAxes {
  dataset: string
  maxCost: number | undefined
  /** Whether runs of earlier calls count against it. */
  countsEarlier: boolean
  output: string | undefined
}

/** A matrix as its YAML file has it; its shape is checked by the schema. */
export interface MatrixFile {
  dataset?: string
  prompts?: readonly string[]
  writers: readonly (string | ({writer: string} & EntrySettings))[]
  judges: readonly (string | ({judge: string; seed?: number} & EntrySettings))[]
  max_cost?: number
  output?: string
}

interface EntrySettings {
  temperature?: number
  repeats?: number
  prompt_price?: number
  completion_price?: number
}

const AS_THEY_ARE = 'dataset'

/** Names that stand twice: the table would show one of them only. */
export function matrixProblems({writers, judges, prompts = []}: MatrixFile): MeaningProblem[] {
  const named = {
    writers: writers.map(entry => (typeof entry === 'string' ? entry : entry.writer)),
    judges: judges.map(entry => (typeof entry === 'string' ? entry : entry.judge)),
    prompts,
  }
  return Object.entries(named).flatMap(([axis, names]) =>
    names.flatMap((name, index) =>
      names.indexOf(name) === index ? [] : [{path: [axis, index], message: message('namedTwice', {name})}],
    ),
  )
}

/** @param from makes a path of the file one of this process */
export function planOfFile(file: MatrixFile, from: (path: string) => string): MatrixPlan {
  const {dataset = 'store', prompts = ['channel_digest_ru'], writers, judges, max_cost: maxCost, output} = file
  return {
    scenarios: prompts.map(prompt => (/\.ya?ml$/u.test(prompt) ? from(prompt) : prompt)),
    writers: writers.map(entry => (typeof entry === 'string' ? {name: entry, flags: []} : writerEntry(entry))),
    judges: judges.map(entry => (typeof entry === 'string' ? {name: entry, flags: []} : judgeEntry(entry))),
    dataset: dataset === 'store' ? dataset : from(dataset),
    maxCost,
    countsEarlier: true,
    output: output === undefined ? undefined : from(output),
  }
}

function writerEntry({
  writer,
  temperature,
  repeats,
  prompt_price: prompt,
  completion_price: completion,
}: Exclude<MatrixFile['writers'][number], string>): MatrixEntry {
  return {
    name: writer,
    flags: flagsFrom({
      '--answer-temperature': temperature,
      '--answer-repeats': repeats,
      '--answer-prompt-price': prompt,
      '--answer-completion-price': completion,
    }),
  }
}

function judgeEntry({
  judge,
  temperature,
  seed,
  repeats,
  prompt_price: prompt,
  completion_price: completion,
}: Exclude<MatrixFile['judges'][number], string>): MatrixEntry {
  return {
    name: judge,
    flags: flagsFrom({
      '--temperature': temperature,
      '--seed': seed,
      '--judge-repeats': repeats,
      '--prompt-price': prompt,
      '--completion-price': completion,
    }),
  }
}

function flagsFrom(values: Readonly<Record<string, number | undefined>>): string[] {
  return Object.entries(values).flatMap(([flag, value]) => (value === undefined ? [] : [flag, String(value)]))
}

/** Every writer by every judge by every scenario, in that order. */
export function matrixRuns({scenarios, writers, judges}: MatrixAxes): MatrixRun[] {
  return scenarios.flatMap(scenario => judges.flatMap(judge => writers.map(writer => ({scenario, writer, judge}))))
}

/** The flags of `benchmark:run` that make it. */
export function flagsOf({scenario, writer, judge}: MatrixRun): string[] {
  const [name = '', ...model] = judge.name.split(':')
  return [
    ...['--scenario', scenario, '--judge', name],
    ...(model.length > 0 ? ['--model', model.join(':')] : []),
    ...(writer.name === AS_THEY_ARE ? [] : ['--answer-writer', writer.name]),
    ...judge.flags,
    ...writer.flags,
  ]
}

/** A folder name that says what the run is and differs for any two of them. @param digest of the run's flags, the beginning is taken */
export function folderNameOf({scenario, writer, judge}: MatrixRun, digest: string): string {
  const words = [scenario, writer.name, judge.name].map(word => word.replaceAll(/[^\w.-]+/gu, '-').slice(-40))
  return ['matrix', ...words, digest.slice(0, 8)].join('_')
}
