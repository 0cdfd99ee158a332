import {cpSync, existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'
import stringWidth from 'string-width'

import {inTerminal, screenOf} from '../helpers/in-terminal.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

const RUN = 'benchmark:run --scenario channel_digest_ru --judge lexical --allow-undecided'
const KEPT = ['dataset:audit --minimum 10', RUN, 'benchmark:list --limit 1']
/** Their measured latencies are of other lengths every time. */
const FITTING = ['dataset:list --limit 3', 'benchmark:show latest', 'benchmark:compare latest latest']
/** Addresses are copied: a terminal may break them, ep23 does not. */
const ADDRESS = /^(?:signature|root|files in|results:) /u

const RUSSIAN_KEPT = [
  '--help',
  'dataset:list --help',
  'dataset:sed',
  'dataset:list --limit 2',
  'benchmark:show latest',
  'doctor',
]
const RUSSIAN = {LANG: 'ru_RU.UTF-8', EP23_LANG: 'ru', NO_COLOR: '1'}
/** What is of this machine, with the lines that it was broken into. */
const OF_MACHINE =
  /^(?:✔ (?:node|icu|часы|диск|хранилище|папка данных): |набор |корень | {2}время p50).*(?:\n {2,4}(?! ).*)*\n/gmu

describe('what people see at 60, 80 and 200 columns', function () {
  this.timeout(240_000)
  const folder = temporaryFolder()
  const home = join(folder.path, 'Мой дом')
  before(async () => {
    // Ten days look like thirty, and cost a third.
    for (const command of ['dataset:seed --days 10 --minimum 10 --until 2024-12-03', RUN])
      await runEp23([...command.split(' '), '-q'], {cwd: folder.path, coverage: false})
    mkdirSync(home)
    for (const made of ['.ep23', 'datasets']) cpSync(join(folder.path, made), join(home, made), {recursive: true})
  })
  after(() => folder.remove())

  for (const columns of [60, 80, 200]) {
    it(`fits ${columns}, and is what was looked at`, async function () {
      const show = async (command: string) => {
        const {text, raw} = await inTerminal(this, `${command} -q 2>/dev/null`, {
          cwd: folder.path,
          columns,
          env: {NO_COLOR: '1'},
        })
        expect(raw, command).to.not.include('\u001B[3').and.not.include('\u001B[2m')
        const tooWide = text.split('\n').filter(line => stringWidth(line) > columns && !ADDRESS.test(line))
        expect(tooWide, command).to.deep.equal([])
        return `$ ep23 ${command}\n${withoutRun(text, folder.path)}`
      }
      const seen: string[] = []
      for (const command of KEPT) seen.push(await show(command))
      for (const command of FITTING) await show(command)
      const lines = seen.join('\n').split('\n')
      expectCapture(
        String(columns),
        `${lines
          .filter(line => !line.includes('latency'))
          .join('\n')
          .trimEnd()}\n`,
      )
    })

    it(`fits ${columns} in Russian, in a home with spaces and Cyrillic`, async function () {
      const text = await screenOf(this, RUSSIAN_KEPT, {cwd: home, columns, env: {...RUSSIAN, HOME: home}})
      const tooWide = text.split('\n').filter(line => stringWidth(line) > columns && !line.includes(folder.path))
      expect(tooWide.filter(line => !/^(?:подпись|корень|файлы) /u.test(line))).to.deep.equal([])
      expectCapture(`ru-${columns}`, withoutMachine(withoutRun(text, home)))
    })
  }

  it('has no control character where the terminal is dumb', async function () {
    const env = {EP23_LANG: 'ru', TERM: 'dumb', HOME: home}
    const {raw, text} = await inTerminal(this, 'dataset:audit --minimum 10', {cwd: home, env})
    expect(raw).to.not.include('\u001B')
    expect(text).to.include('Чтение и проверка документов: готово').and.include('набор данных соответствует правилам')
  })

  it('is the same where the home takes no files', async function () {
    // Nobody may write there, root included.
    const env = {EP23_LANG: 'ru', HOME: '/sys', EP23_DATA_DIR: '/sys/ep23', NO_COLOR: '1'}
    const commands = ['dataset:sed', 'dataset:audit -q --minimum 10', 'plugins']
    const text = await screenOf(this, commands, {cwd: home, env})
    expect(text).to.match(/нет команды dataset:sed[^]+соответствует правилам[^]+Плагинов нет\.\s*$/u)
    expect(text).to.not.match(/EACCES|EPERM|EROFS|ENOENT/u)
  })
})

function expectCapture(name: string, capture: string): void {
  const file = join(import.meta.dirname, `captures/${name}.txt`)
  if (!existsSync(file) || process.env['EP23_TEST_UPDATE']) writeFileSync(file, capture)
  expect(capture).to.equal(readFileSync(file, 'utf8'))
}

/** Without what differs from run to run. */
function withoutRun(text: string, folder: string): string {
  return text.replaceAll(folder, '/home').replaceAll(/\b\d{8}T\d{6}Z-[0-9a-f]{12}\b/gu, '20241204T090000Z-0123456789ab')
}

function withoutMachine(text: string): string {
  return text
    .replaceAll(OF_MACHINE, '')
    .replaceAll(/(манифест от\s+)[\d-]+/gu, (_, words: string) => `${words}2024-12-04`)
    .replaceAll(/(?<=[\wа-я] +)0,\d\d с/gu, '0,00 с')
    .replaceAll(/ep23\/\S+ \S+ node-\S+/gu, 'ep23/0.1.0 linux-x64 node-v24.0.0')
}
