const LONGEST_MS = 2000

/** Whether somebody answers there with the metrics now. */
export async function endpointAnswers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, {signal: AbortSignal.timeout(LONGEST_MS)})).ok
  } catch {
    return false
  }
}
