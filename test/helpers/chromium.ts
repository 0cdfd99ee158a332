import {setTimeout} from 'node:timers/promises'

import {chromium, type Browser, type Page} from 'playwright-core'

import {debianProgram} from './debian-program.ts'

/** Debian's Chromium without the windows that nobody sees: a third of the processor time. Root may not have its sandbox. */
export function startChromium(hook: Mocha.Context): Promise<Browser> {
  const executablePath = debianProgram(hook, 'chromium-headless-shell')
  return chromium.launch({executablePath, chromiumSandbox: process.getuid?.() !== 0})
}

/**
 * Resolves once the expression is true in the page, and rejects after ten seconds. `page.waitForFunction` looks again by the
 * page's own `eval`, which our pages' Content-Security-Policy forbids: it would fail whenever the first look came too early.
 */
export async function waitUntil(page: Page, expression: string): Promise<void> {
  const until = performance.now() + 10_000
  while (!(await page.evaluate<boolean>(expression))) {
    if (performance.now() > until) throw new Error(`not true within ten seconds: ${expression}`)
    await setTimeout(20)
  }
}
