import {execFileSync, spawn} from 'node:child_process'
import {cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {basename, join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'

import {expect} from 'chai'
import {MongoClient} from 'mongodb'

import {answer, fakeModelServer, type FakeModelServer} from '../../plugins/benchmark/test/sample/fake-model-server.ts'
import {labelAll} from '../../plugins/benchmark/test/sample/simulated-rater.ts'
import {debianProgram} from '../helpers/debian-program.ts'
import {problemsOfOutput} from '../helpers/json-data.ts'
import {sharedMongo} from '../helpers/mongo-server.ts'
import {type Ended, runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

const CHANNELS = ['@habr', '@proglib', '@moscowach', '@moskva_live', '@naked_science']
const DAYS = 12
const SCORES = ['coverage', 'accuracy', 'coherence', 'informativeness']
const BIN = join(import.meta.dirname, '../../bin/run.js')

/** From 6 to 10, by channel and day; it stands in the digest, where the judge and the raters find it. */
function qualityOf(channel: number, day: number): number {
  return 6 + ((channel * 7 + day * 3) % 5)
}

function datasetLines(writer: string, worse: number): string {
  const lines = CHANNELS.flatMap((channel, c) =>
    Array.from({length: DAYS}, (_, day) => {
      const date = `2024-11-${String(day + 4).padStart(2, '0')}`
      return {
        channel,
        ground_truth: {},
        language: 'ru',
        latency_seconds: 2,
        metadata: {feature_flags: {}, llm_model: writer, origin: 'telegram', posts_count: 2, time_range_hours: 24},
        sample_id: `${channel}:${date}`,
        source_text: `В Москве открыли новый мост номер ${c} через реку.\n\nУчёные нашли редкий минерал в день ${day}.`,
        summary_markdown: `# Дайджест от ${writer}\n\n- Мост достоин оценки ${Math.max(0, qualityOf(c, day) - worse)} сегодня.\n- Нашли минерал.`,
        timestamp: `${date}T20:59:59.999Z`,
      }
    }),
  )
  return lines.map(line => `${JSON.stringify(line)}\n`).join('')
}

function markIn(text: string): number {
  return Number(/оценки (?<mark>\d+)/u.exec(text)?.groups?.['mark'])
}

/** A judge that reads the mark; every eighth one it sees a little worse. */
async function startJudge(): Promise<FakeModelServer> {
  return fakeModelServer(({body}, response) => {
    const text = body.messages.at(-1)?.content ?? ''
    const mark = markIn(text)
    const quotes = {source: ['Учёные нашли редкий минерал'], summary: ['Мост достоин оценки']}
    const scores = SCORES.map(name => [
      name,
      {why: 'потому', quotes: name === 'coherence' ? quotes.summary : quotes.source, score: mark},
    ])
    answer(response, JSON.stringify(Object.fromEntries(scores)))
  })
}

/** 1 … 5 of the mark; a rater is a step off now and then. */
function labelOf(text: string, item: string, off: number): number {
  const fair = Math.round(1 + (4 * markIn(text)) / 10)
  return Number(item.slice(1)) % 7 === off ? Math.max(1, fair - 1) : fair
}

describe('benchmark:label', function () {
  this.timeout(240_000)
  let folder: ReturnType<typeof temporaryFolder>
  let judge: FakeModelServer
  let script: string
  before(async function () {
    script = debianProgram(this, 'script', 'bsdutils')
    folder = temporaryFolder()
    judge = await startJudge()
    writeFileSync(at('one.jsonl'), datasetLines('gpt-one', 0))
    writeFileSync(at('two.jsonl'), datasetLines('gpt-two', 2))
    for (const name of ['one', 'two']) {
      const {code, stderr} = await run(...JUDGE, '-d', `${name}.jsonl`, '-o', `run-${name}`)
      expect(code, stderr).to.be.oneOf([0, 2, 3, 4])
    }
    await dataOf(PLAN)
    await dataOf(PAIRS)
  })
  after(async () => {
    folder.remove()
    await judge.close()
  })

  const JUDGE = ['benchmark:run', '-s', 'channel_digest_ru', '--judge', 'llm', '--model', 'judge-a']
  const PLAN = [
    'benchmark:label',
    'plan',
    '--run',
    'run-one',
    '--run',
    'run-two',
    '--raters',
    'anna,boris',
    '--size',
    '110',
    '--name',
    'scores',
  ]
  const PAIRS = [...PLAN.slice(0, -4), '--mode', 'pair', '--size', '40', '--name', 'pairs']
  const at = (...names: string[]): string => join(folder.path, ...names)
  const run = (...args: string[]): Promise<Ended> =>
    runEp23(args, {cwd: folder.path, env: {LLM_URL: judge.url, EP23_LANG: 'ru'}})
  async function dataOf(args: readonly string[], exit = 0): Promise<any> {
    const {code, stdout, stderr} = await run(...args, '--json')
    expect(code, stderr + stdout).to.equal(exit)
    expect(problemsOfOutput(stdout)).to.deep.equal([])
    return JSON.parse(stdout).data
  }
  const labelScores = (plan: string): Promise<void[]> =>
    Promise.all(
      ['anna', 'boris'].map((rater, off) =>
        labelAll(at('labels', plan), rater, (question, {item, texts}) => {
          if (question.kind === 'send') return {kind: 'send', value: markIn(texts[0] ?? '') > 7}
          if (question.kind === 'reason') return {kind: 'reason', text: 'потому что так'}
          if (question.kind !== 'score') throw new Error(question.kind)
          return {kind: 'score', score: question.score, value: labelOf(texts[0] ?? '', item, off)}
        }),
      ),
    )

  it('plans the same bytes with one seed, and names nobody but in the key', async () => {
    const read = () => readdirSync(at('labels/scores')).map(name => readFileSync(at('labels/scores', name), 'utf8'))
    const before = read()
    await dataOf(PLAN)
    expect(read()).to.deep.equal(before)
    const other = await run(...PLAN, '--seed', '5')
    expect(other.code).to.equal(64)
    expect(other.stderr).to.include('в labels/scores лежит другой план')
    const ids = ['one', 'two'].map(
      name => JSON.parse(readFileSync(at(`run-${name}`, 'run.json'), 'utf8')).run_id as string,
    )
    for (const name of readdirSync(at('labels/scores'))) {
      const text = readFileSync(at('labels/scores', name), 'utf8')
      const found = ['gpt-one', 'gpt-two', 'judge-a', 'run-one', ...ids].filter(secret => text.includes(secret))
      expect(found.length > 0, name).to.equal(name === 'key.json')
    }
  })

  it('tells by status that orders differ, firsts are balanced and repeats are far apart', async () => {
    const {raters} = await dataOf(['benchmark:label', 'status', 'pairs'])
    for (const {shown_first: firsts, repeats, least_distance: distance} of raters) {
      expect(Math.abs(firsts[0] - firsts[1])).to.be.at.most(1)
      expect(repeats).to.equal(4)
      expect(distance).to.be.at.least(20)
    }
    const plan = JSON.parse(readFileSync(at('labels/pairs/plan.json'), 'utf8'))
    expect(plan.raters.anna).to.not.deep.equal(plan.raters.boris)
  })

  it('keeps every key of a terminal that dies, and goes on at the next one', async () => {
    const file = at('labels/pairs/anna.jsonl')
    await inTerminal(['pairs', '--rater', 'anna'], async (type, kill) => {
      for (const [i, key] of ['1', '2', 'г', '3'].entries()) {
        type(key)
        await lines(file, i + 1)
      }
      kill()
    })
    expect(linesOf(file).map(({kind}) => kind)).to.deep.equal(['pair', 'pair', 'undo', 'pair'])
    const {raters} = await dataOf(['benchmark:label', 'status', 'pairs'])
    expect(raters[0]).to.include({rater: 'anna', done: 2, lines: 4})
    // A line that death cut short is as if its key had never been pressed.
    writeFileSync(file, `${readFileSync(file, 'utf8')}{"kind":"pa`)
    await inTerminal(['pairs', '--rater', 'anna'], async type => {
      type('4')
      await lines(file, 5)
      type('q')
    })
    expect(linesOf(file)[4]).to.include({kind: 'pair', value: 'both_bad'})
    rmSync(file)
  })

  it('refuses a session without a terminal, a stranger, and a plan that is not there', async () => {
    for (const [args, message] of [
      [['pairs', '--rater', 'anna'], 'нужен терминал'],
      [['nowhere', '--rater', 'anna'], 'в labels/nowhere нет плана'],
      [['pairs', '--rater', 'vera'], 'vera не размечает план'],
    ] as const) {
      const {code, stderr} = await run('benchmark:label', ...args)
      expect([code, stderr.includes(message)], stderr).to.deep.equal([64, true])
    }
    const {code, stderr} = await run(...PLAN.slice(0, 6), '--raters', 'anna,plan')
    expect([code, stderr.includes('«plan» не годится в имя разметчика')], stderr).to.deep.equal([64, true])
    const named = await run(...PLAN.slice(0, -1), 'report')
    expect([named.code, named.stderr.includes('«report» не годится в имя плана')], named.stderr).to.deep.equal([
      64,
      true,
    ])
  })

  it('merges two raters in git without a conflict, and reports the same whichever came first', async () => {
    await labelScores('scores')
    const git = (...args: string[]): string =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
        cwd: at('repo'),
        encoding: 'utf8',
        stdio: 'pipe',
      })
    mkdirSync(at('repo'))
    const copy = (name: string): void => cpSync(at('labels/scores', name), at('repo', name))
    git('init', '-q', '-b', 'main')
    copy('plan.json')
    git('add', '.')
    git('commit', '-qm', 'plan')
    for (const rater of ['anna', 'boris']) {
      git('checkout', '-q', '-b', rater, 'main')
      copy(`${rater}.jsonl`)
      git('add', '.')
      git('commit', '-qm', rater)
    }
    git('merge', '-q', '--no-edit', 'anna')
    expect(readdirSync(at('repo'))).to.include.members(['anna.jsonl', 'boris.jsonl'])
  })

  it('reports agreement, and exports the labels that calibrate and others read', async () => {
    const report = await dataOf(['benchmark:label', 'report', 'scores'])
    const coverage = report.agreement.find(({measure}: {measure: string}) => measure === 'coverage')
    expect(coverage).to.include({status: 'measured', items: 100})
    expect(coverage.alpha.estimate).to.be.within(0.4, 0.95)
    expect(coverage.alpha.low).to.be.below(coverage.alpha.estimate)
    expect(report.raters[0].consistency[1]).to.include({repeats: 10, same: 10})
    const {rows} = await dataOf(['benchmark:label', 'export', 'scores', '--score', 'coverage', '-o', 'labels.jsonl'])
    expect(rows).to.equal(200)
    const {labels} = await dataOf(['benchmark:calibrate', '--labels', 'labels.jsonl', '--resamples', '100'])
    expect(labels).to.include({rows: 200})
  })

  it('exports the same labels from a file full of undone errors', async () => {
    cpSync(at('labels/scores'), at('labels/erring'), {recursive: true})
    const file = at('labels/erring/anna.jsonl')
    const clean = linesOf(file)
    // Three wrong answers after every tenth line, and three times u.
    const wrong = ['coverage', 'accuracy', 'coherence'].map(score => ({kind: 'score', score, value: 1}))
    const erring = clean.flatMap((line, i) => {
      if (i % 10 !== 0) return [line]
      const {kind: _kind, value: _value, text: _text, score: _score, ...place} = line
      return [line, ...wrong.map(answer => ({...place, ...answer})), ...wrong.map(() => ({...place, kind: 'undo'}))]
    })
    writeFileSync(file, erring.map(line => `${JSON.stringify(line)}\n`).join(''))
    for (let time = 0; time < 2; time += 1) await dataOf(['benchmark:label', 'export', 'scores', '-o', 'clean.jsonl'])
    await dataOf(['benchmark:label', 'export', 'erring', '-o', 'erring.jsonl'])
    expect(erring.length).to.be.above(clean.length + 300)
    expect(readFileSync(at('erring.jsonl'), 'utf8')).to.equal(readFileSync(at('clean.jsonl'), 'utf8'))
  })

  it('reveals once, and says where the judge and the people differ', async () => {
    const revealed = await dataOf(['benchmark:label', 'reveal', 'pairs'])
    expect(revealed.items[0].writers.toSorted()).to.deep.equal(['gpt-one', 'gpt-two'])
    expect(await dataOf(['benchmark:label', 'reveal', 'pairs'])).to.deep.equal(revealed)
    expect((await dataOf(['benchmark:label', 'status', 'pairs'])).revealed).to.equal(true)
  })

  it('calibrates the judge among the people, and gates name it', async () => {
    const before = await dataOf([...JUDGE, '-d', 'one.jsonl', '--require-calibration'], 4)
    const scoreGates = (data: any): {metric: string; calibration: {status: string}}[] =>
      data.assessment.gates.filter(({metric}: {metric: string}) => SCORES.includes(metric))
    expect(scoreGates(before).map(({calibration}) => calibration.status)).to.deep.equal([
      'none',
      'none',
      'none',
      'none',
    ])
    const {stdout: report} = await run('benchmark:show', before.folder, '--lang', 'en')
    expect(report).to.include('never held against people')
    const calibrated = await dataOf(['benchmark:calibrate', '--labels', 'scores', '--save', '--resamples', '200'])
    expect(calibrated.saved).to.have.length(1)
    for (const {people} of calibrated.scores) {
      expect(people).to.include({doubly_labelled: 100, held_out_uses: 1})
      expect(people.difference.low).to.be.above(-0.2)
      expect(people.estimate.mean).to.be.within(people.estimate.low, people.estimate.high)
    }
    const after = await dataOf([...JUDGE, '-d', 'one.jsonl', '--require-calibration', '--allow-undecided'])
    for (const {calibration} of scoreGates(after)) expect(calibration.status).to.equal('calibrated')
    // Another prompt is another instrument.
    const scenario = readFileSync(
      join(import.meta.dirname, '../../plugins/benchmark/config/scenarios/channel_digest_ru.yaml'),
      'utf8',
    )
    mkdirSync(at('other'))
    writeFileSync(at('other/channel_digest_ru.yaml'), scenario.replace('prompt: digest-ru-1', 'prompt: review-ru-1'))
    const other = await dataOf(
      [...JUDGE.with(2, 'other/channel_digest_ru.yaml'), '-d', 'one.jsonl', '--require-calibration'],
      4,
    )
    for (const {calibration} of scoreGates(other)) expect(calibration.status).to.equal('other_instrument')
  })

  it('counts looks at held-out labels, and tells in words what people would say', async () => {
    const again = await dataOf([
      'benchmark:calibrate',
      '--labels',
      'scores',
      '--resamples',
      '100',
      '--part',
      'held_out',
    ])
    expect(again.notes.join('\n')).to.include('looked at 2 times')
    const dev = await dataOf(['benchmark:calibrate', '--labels', 'scores', '--resamples', '100', '--part', 'dev'])
    expect(dev.scores[0].people.held_out_uses).to.equal(2)
    const {stdout} = await run('benchmark:calibrate', '--labels', 'scores', '--resamples', '100', '--part', 'dev')
    expect(stdout).to.match(/люди поставили бы \d,\d \(\d,\d … \d,\d\)/u)
  })

  it('draws further digests with stored probabilities that add up to the pool', async () => {
    const {next} = await dataOf([
      'benchmark:calibrate',
      '--labels',
      'scores',
      '--resamples',
      '100',
      '--next',
      '8',
      '--explain',
    ])
    expect(next).to.include({items: 8, pool: 10})
    expect(next.drawn.map(({probability}: {probability: number}) => probability)).to.satisfy((chances: number[]) =>
      chances.every(chance => chance > 0 && chance <= 1),
    )
    const {code, stdout, stderr} = await run(
      'benchmark:calibrate',
      '--labels',
      'scores',
      '--resamples',
      '100',
      '--next',
      '6',
      '--explain',
    )
    expect(code, stderr).to.equal(0)
    expect(stdout.match(/^ {2}\S+ {2}π [01],\d{4}$/gmu), stdout).to.have.length(6)
    const before = await dataOf(['benchmark:label', 'status', next.folder])
    expect(before).to.include({sampling: 'uncertain', labelled_items: 0, labelled_weight: 0})
    await labelScores(basename(next.folder))
    const {labelled_items, labelled_weight, labelled_weight_error, pool} = await dataOf([
      'benchmark:label',
      'status',
      next.folder,
    ])
    expect([labelled_items, pool]).to.deep.equal([8, 10])
    const expected = next.drawn.reduce((sum: number, {probability}: {probability: number}) => sum + 1 / probability, 0)
    expect(labelled_weight)
      .to.be.closeTo(expected, 1e-9)
      .and.closeTo(pool, 3 * labelled_weight_error + 1e-9)
  })

  it('keeps the same lines in the store for raters who share a database', async () => {
    expect((await dataOf(['benchmark:label', 'status', 'pairs', '--labels-in', 'store'])).raters[0].lines).to.equal(0)
    await inTerminal(['pairs', '--rater', 'boris', '--labels-in', 'store'], async type => {
      type('1')
      type('3')
      await sleep(500)
      type('q')
    })
    expect(existsSync(at('labels/pairs/boris.jsonl'))).to.equal(false)
    expect((await dataOf(['benchmark:label', 'status', 'pairs', '--labels-in', 'store'])).raters[1]).to.include({
      done: 2,
      lines: 2,
    })
  })

  it('keeps them in MongoDB as well, where the other rater and later sessions find them', async function () {
    const mongo = await sharedMongo(this)
    const store = mongo.url(`labels_${process.pid}`)
    const session = (rater: string, keys: readonly string[]): Promise<void> =>
      inTerminal(
        ['pairs', '--rater', rater, '--labels-in', 'store'],
        async type => {
          for (const key of keys) {
            type(key)
            await sleep(300)
          }
          type('q')
        },
        {EP23_STORE: store},
      )
    await session('anna', ['1', '3', 'u', '4'])
    await session('boris', ['2'])
    await session('anna', ['2'])
    const {raters} = await dataOf(['benchmark:label', 'status', 'pairs', '--labels-in', 'store', '--store', store])
    expect(raters.map(({done, lines: written}: {done: number; lines: number}) => [done, written])).to.deep.equal([
      [3, 5],
      [1, 1],
    ])
    const client = new MongoClient(store)
    try {
      const kept = await client.db().collection('ep23_labels').find({rater: 'anna'}).sort({line: 1}).toArray()
      expect(kept.map(({event}) => event.kind)).to.deep.equal(['pair', 'pair', 'undo', 'pair', 'pair'])
    } finally {
      await client.close()
    }
  })

  function linesOf(file: string): Record<string, unknown>[] {
    if (!existsSync(file)) return []
    return readFileSync(file, 'utf8')
      .split('\n')
      .slice(0, -1)
      .map(line => JSON.parse(line) as Record<string, unknown>)
  }

  async function lines(file: string, count: number): Promise<void> {
    for (let waited = 0; linesOf(file).length < count; waited += 50) {
      expect(waited, `${count} lines in ${file}`).to.be.below(30_000)
      await sleep(50)
    }
  }

  /** A session in a terminal of its own; `kill` ends all of it at once. */
  async function inTerminal(
    args: readonly string[],
    use: (type: (keys: string) => void, kill: () => void) => Promise<void>,
    more: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const command = [process.execPath, BIN, 'benchmark:label', ...args].join(' ')
    const env = {
      PATH: process.env['PATH'],
      TERM: 'xterm',
      EP23_LANG: 'ru',
      EP23_DATA_DIR: at('.data'),
      EP23_CONFIG_DIR: at('.config'),
      ...more,
    }
    const terminal = spawn(script, ['-qec', command, '/dev/null'], {cwd: folder.path, env, detached: true})
    let screen = ''
    terminal.stdout.setEncoding('utf8').on('data', text => (screen += text))
    const ended = new Promise(resolve => terminal.once('close', resolve))
    const group = (): boolean => process.kill(-(terminal.pid ?? 0), 'SIGKILL')
    for (let waited = 0; !screen.includes('ПОСТЫ') && !screen.includes('ДАЙДЖЕСТ'); waited += 50) {
      expect(waited, screen).to.be.below(60_000)
      await sleep(50)
    }
    await use(keys => void terminal.stdin.write(keys), group)
    await ended
  }
})
