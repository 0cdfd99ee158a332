import {intervalText} from '@ep23/report/numbers'
import type {Language} from '@ep23/sdk'

import {RUN_FILES} from '../../domain/run-folder.js'
import type {RunResult} from '../../domain/run-result.js'
import {calibrationMessage} from '../../domain/messages/gate-messages.js'
import {unprovenMessages} from '../../domain/messages/run-messages.js'
import {localizedNumbers, wordsIn} from '../../domain/messages/localized-text.js'
import {nameIn} from '../../domain/messages/names.js'
import type {GateResult} from '../../domain/verdict.js'
import {gateReason} from '../gate-table.js'
import {reportMarkdown} from './report-markdown.js'

/** A run for those who do not read `run.json`, by file name, in the run's language. */
export async function projectionsOf(run: RunResult): Promise<Readonly<Record<string, string>>> {
  const {language = 'en'} = run
  return {
    [RUN_FILES.junit]: renderJunit(run, language),
    [RUN_FILES.report]: await reportMarkdown(run, language),
    [RUN_FILES.csv]: renderCsv(run),
  }
}

const HEADER = 'scenario,origin,channel,score,mean,low,high,method,measured,unmeasured'

/** `scores.csv`: one line for each score of an origin (channel `*`) and of each of its channels. */
function renderCsv({scenario, assessment}: RunResult): string {
  const rows = Object.entries(assessment.by_origin).flatMap(([origin, {scores}]) =>
    Object.entries(scores).flatMap(([score, facts]) => {
      const {estimate, low, high, method, measured, unmeasured} = facts.clustered_mean ?? facts.mean
      const whole = [scenario.name, origin, '*', score, estimate, low, high, method, measured, unmeasured]
      const channels = Object.entries(facts.by_channel).map(([channel, {mean, measured: known, unmeasured: rest}]) => [
        ...[scenario.name, origin, channel, score, mean],
        ...[null, null, 'mean', known, rest],
      ])
      return [whole, ...channels]
    }),
  )
  return `${[HEADER, ...rows.map(row => row.map(field).join(','))].join('\n')}\n`
}

function field(value: string | number | null): string {
  const text = value === null ? '' : String(value)
  return /[",\n\r]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * `junit.xml`: one test case for each gate. A failed gate is a failure, one without enough measured an error, an undecided one is
 * skipped; the canonical result is `run.json`, this is for CI systems that read nothing else. They know a test by its name, so that
 * names are those of machines; what is said of it is for people.
 */
function renderJunit(run: RunResult, language: Language): string {
  const {scenario, assessment, duration_seconds: seconds, finished_at, run_id} = run
  const {gates} = assessment
  const count = (verdict: string) => gates.filter(gate => gate.verdict === verdict).length
  const attributes = `tests="${gates.length}" failures="${count('fail')}" errors="${count('unmeasured')}" skipped="${count('undecided')}" time="${seconds.toFixed(3)}"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="ep23 benchmark" ${attributes}>`,
    `  <testsuite name="${escape(scenario.name)}" timestamp="${finished_at}" id="${escape(run_id)}" ${attributes}>`,
    ...properties(run, language),
    ...gates.map(gate => testCase(gate, language)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function properties({dataset, identity}: RunResult, language: Language): string[] {
  const [unproven] = unprovenMessages(dataset).map(each => wordsIn(each, language))
  const values = {judge: identity.judge.signature, root: dataset.merkle_root, proof: unproven ?? dataset.proof.by}
  const lines = Object.entries(values).map(
    ([name, value]) => `      <property name="${name}" value="${escape(value)}"/>`,
  )
  return ['    <properties>', ...lines, '    </properties>']
}

function testCase(gate: GateResult, language: Language): string {
  const name = escape(`${gate.metric} ${gate.statistic} (${gate.origin})`)
  const open = `    <testcase classname="${escape(gate.scale)}" name="${name}">`
  const behind = gate.calibration ? `; ${wordsIn(calibrationMessage(gate.calibration), language)}` : ''
  const told = escape(`${gateReason(gate, language)}${behind}`)
  const span = localizedNumbers(intervalText(gate.interval), language)
  const inner = {
    pass: `<system-out>${told}</system-out>`,
    warn: `<system-out>${language === 'ru' ? nameIn('warn', language) : 'warning'}: ${told}</system-out>`,
    fail: `<failure message="${told}">${escape(span)}</failure>`,
    undecided: `<skipped message="${nameIn('undecided', language)}: ${told}"/>`,
    unmeasured: `<error message="${told}"/>`,
  }[gate.verdict]
  return `${open}${inner}</testcase>`
}

/** XML 1.0 has no form for most control characters: they become U+FFFD. */
function escape(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
