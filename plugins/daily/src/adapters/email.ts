import {spawn} from 'node:child_process'

import type {Notifier} from '../domain/notifier.js'

export interface EmailOptions {
  /** The program that takes a message on its standard input, as every mail server brings one. */
  sendmail: string
  to: string
  from: string | undefined
  signal: AbortSignal
}

/** E-mail through the machine's own sendmail: no server, no password. */
export function emailNotifier({sendmail, to, from, signal}: EmailOptions): Notifier {
  return {
    name: 'email',
    repeats: false,
    async send({lines}) {
      const [subject = '', ...rest] = lines
      const headers = [
        ...(from === undefined ? [] : [`From: ${oneLine(from)}`]),
        `To: ${oneLine(to)}`,
        `Subject: ${encodedWords(oneLine(subject))}`,
        'MIME-Version: 1.0',
        'Content-Type: text/plain; charset=utf-8',
        'Content-Transfer-Encoding: base64',
        'Auto-Submitted: auto-generated',
      ]
      const body = Buffer.from(`${[subject, ...rest].join('\n')}\n`).toString('base64')
      await run(sendmail, `${headers.join('\n')}\n\n${body.replaceAll(/.{76}/gu, '$&\n')}\n`, signal)
    },
  }
}

// RFC 2047: an encoded word has 75 characters at most, and holds whole characters.
function encodedWords(text: string): string {
  const words: string[] = []
  let word = ''
  for (const character of text) {
    if (Buffer.byteLength(word + character) > 39) {
      words.push(word)
      word = ''
    }
    word += character
  }
  return [...words, word].map(part => `=?utf-8?B?${Buffer.from(part).toString('base64')}?=`).join('\n ')
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/gu, ' ')
}

async function run(program: string, input: string, signal: AbortSignal): Promise<void> {
  const child = spawn(program, ['-t', '-i'], {stdio: ['pipe', 'ignore', 'pipe'], signal})
  let told = ''
  child.stderr.setEncoding('utf8').on('data', text => (told = (told + text).slice(-300)))
  // A program that ends before it has read everything says so by its exit code.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve))
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${told.trim()}`)
}
