import {chromium, type Browser} from 'playwright-core'

import {debianProgram} from './debian-program.ts'

/** Debian's Chromium; nothing is downloaded. Root may not have its sandbox. */
export function startChromium(hook: Mocha.Context): Promise<Browser> {
  const executablePath = debianProgram(hook, 'chromium')
  return chromium.launch({executablePath, chromiumSandbox: process.getuid?.() !== 0})
}
