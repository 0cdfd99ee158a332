import {writeFileSync} from 'node:fs'
import {join} from 'node:path'

import {expect} from 'chai'

import {channelFile} from '../helpers/real-channels.ts'
import {runEp23, temporaryFolder} from '../helpers/run-ep23.ts'

const RUSSIAN = {LANG: 'ru_RU.UTF-8', COLUMNS: '80'}

describe('the language of what people read', function () {
  this.timeout(180_000)
  let folder: ReturnType<typeof temporaryFolder>
  beforeEach(() => (folder = temporaryFolder()))
  afterEach(() => folder.remove())

  const run = (args: readonly string[], env: Record<string, string> = RUSSIAN) => runEp23(args, {cwd: folder.path, env})

  const SAID: [typed: string[], said: RegExp][] = [
    [['--help'], /ИСПОЛЬЗОВАНИЕ[^]+ТЕМЫ[^]+Наполнить набор данных[^]+КОМАНДЫ/u],
    [
      ['dataset:seed', '--help'],
      /ПРИМЕРЫ[^]+Настоящие каналы из выгрузок[^]+Посты канала: файл или папка[^]+ОБЩИЕ ФЛАГИ/u,
    ],
    [['dataset'], /Проверить набор данных/u],
    [['plugins', 'install', '--help'], /Установить плагин в ep23/u],
    [['help', 'exit-codes'], /КОДЫ ЗАВЕРШЕНИЯ[^]+неверный вызов/u],
    [
      ['dataset:seed', '--dayz', '3'],
      /Ошибка: такого флага нет: --dayz[^]+Код: USAGE[^]+возможно, имелся в виду --days/u,
    ],
    [['dataset:seed', '--days', 'x'], /Ошибка: --days: нужно целое число, получено: x/u],
    [['dataset:seed', '--gaps', 'x'], /Ошибка: --gaps=x: допустимы только synthetic, fail/u],
    [['dataset:show'], /не хватает аргументов:\s+channel +@имя/u],
    [['dataset:sed'], /Ошибка: у ep23 нет команды dataset:sed[^]+возможно, имелась в виду ep23 dataset:seed/u],
    [['dataset:list'], /Ошибка: хранилища .+ нет[^]+сначала наполните его/u],
    [['config:explain'], /lang +ru +<- локаль/u],
    [['doctor'], /✔ часы: .+, часовой пояс/u],
    [['init', '--yes', '--from', '@habr=nofile'], /источники: nofile не существует[^]+проверьте путь/u],
    [['benchmark:run', '--help'], /ФЛАГИ ДЛЯ ОТВЕТОВ[^]+ФЛАГИ СУДЬИ-МОДЕЛИ[^]+ФЛАГИ ОЧЕРЕДИ/u],
    [['dataset:seed'], /\[1\/10\] Чтение источников[^]+готово за[^]+5\/5 каналов/u],
  ]
  for (const [typed, said] of SAID)
    it(`is Russian: ep23 ${typed.join(' ')}`, async () => {
      const {stdout, stderr} = await run(typed)
      expect(`${stdout}${stderr}`).to.match(said)
    })

  it('is the one of --lang, else of EP23_LANG, else of the settings, else of the locale, else English', async () => {
    const languageOf = async (args: string[], env: Record<string, string>) =>
      (await run(['doctor', '--help', ...args], env)).stdout.includes('ФЛАГИ') ? 'ru' : 'en'
    const everywhere = [
      await languageOf([], {}),
      await languageOf([], {LANG: 'ru_RU.UTF-8'}),
      await languageOf([], {LANG: 'ru_RU.UTF-8', LC_ALL: 'C.UTF-8'}),
    ]
    expect(everywhere).to.deep.equal(['en', 'ru', 'en'])
    writeFileSync(join(folder.path, 'ep23.config.yaml'), 'lang: ru\n')
    expect([
      await languageOf([], {}),
      await languageOf([], {EP23_LANG: 'en'}),
      await languageOf(['--lang', 'ru'], {EP23_LANG: 'en'}),
      await languageOf(['--lang=en'], {EP23_LANG: 'ru'}),
    ]).to.deep.equal(['ru', 'en', 'ru', 'en'])
  })

  it('is that of results, too', async () => {
    const seeded = await run(['dataset:seed', '--quiet'])
    expect(seeded.stdout).to.match(
      /30 дней[^]+добавлено 30, изменено 0[^]+150 дайджестов \(0 из Telegram, 150 синтетических\)/u,
    )
    expect(seeded.stderr).to.match(/^Внимание: есть синтетические дайджесты: @naked_science — 30 из 30/mu)
    expect((await run(['dataset:audit', '--quiet'])).stdout).to.include('набор данных соответствует правилам')
    const scored = await run(['benchmark:run', '--scenario', 'channel_digest_ru', '--quiet'])
    expect(scored.stdout).to.match(
      /НЕ ИЗМЕРЕНО: channel_digest_ru \(судья lexical, 150 образцов[^]+полнота +0,\d+[^]+результаты: /u,
    )
    const [first, second] = ['2024-12-03', '2024-12-02'].map(day => [
      'exporters:run',
      'digests',
      '--from',
      day,
      '--until',
      day,
    ])
    await run([...(first ?? []), '-o', 'one.jsonl', '--quiet'])
    await run([...(second ?? []), '-o', 'two.jsonl', '--quiet'])
    for (const name of ['one', 'two'])
      await run(['benchmark:run', '-s', 'channel_digest_ru', '-d', `${name}.jsonl`, '-o', name])
    const unlike = await run(['benchmark:compare', 'one', 'two'])
    expect(unlike.stderr).to.match(/различаются:\n +dataset/u)
    const compared = await run(['benchmark:compare', 'latest', 'latest', '--quiet'])
    expect(compared.stdout).to.match(/150 образцов в обоих запусках[^]+содержательность/u)
    expect(`${seeded.stdout}${scored.stdout}${compared.stdout}`).to.not.match(/\b(?:digests|samples|judge|verdict)\b/u)
  })

  it('is that of places, of what was overwritten and of the score board, too', async () => {
    const source = ['--from', `@habr=${channelFile('habr')}`]
    const window = ['--days', '2', '--minimum', '1', '--until', '2024-11-05', '--quiet']
    await run(['dataset:seed', ...source, ...window])
    await run(['dataset:seed', ...source, ...window, '--replace', '--time-zone', 'UTC'])
    expect((await run(['dataset:history'])).stdout).to.match(/Z {2}заменён {2}digests +@habr:/u)
    const split = await run(['exporters:run', 'digests', '--window', 'all', '--split', '1KiB', '-o', 'out'])
    expect(split.stderr).to.match(/запись @habr:2024-11-0\d/u)
    const day = await run(['daily', ...source, '--day', '2024-11-05', '--quiet'])
    expect(day.stdout).to.match(/точность 0,\d{3} {2}связность 0,\d{3}/u)
  })

  it('leaves --json as it is', async () => {
    const COMMANDS = [['dataset:sed'], ['dataset:seed', '--days', 'x'], ['dataset:list'], ['doctor', '--nope']]
    for (const command of COMMANDS) {
      const [russian, english] = [await run([...command, '--json']), await run([...command, '--json'], {})]
      expect(russian.stdout.replaceAll(/"(?:run|trace)_id": .*/gu, '')).to.equal(
        english.stdout.replaceAll(/"(?:run|trace)_id": .*/gu, ''),
      )
      expect(russian.code).to.equal(english.code)
    }
  })

  it('writes log lines and run documents in English', async () => {
    await run(['dataset:seed', '--quiet'])
    const {stdout} = await run(['observability:traces:list', '--json'])
    expect(stdout)
      .to.include('dataset:seed')
      .and.not.match(/[а-яё]/iu)
  })

  it('keeps help within 80 columns', async () => {
    for (const command of [
      '--help',
      'dataset:seed --help',
      'benchmark:run --help',
      'rag:promote --help',
      'plugins link --help',
    ]) {
      const {stdout} = await run(command.split(' '))
      const wide = stdout.split('\n').filter(line => line.length > 80)
      expect(wide, command).to.deep.equal([])
    }
  })
})
