export interface TeamSample {
  sample_id: string
  source_text: string
  summary: string
}

/** Where Python's str.splitlines() ends a line. */
const LINE_ENDS = ['\r', '\v', '\f', '\u001C', '\u001D', '\u001E', '\u0085', '\u2028', '\u2029']

/**
 * Reads a dataset as the team's own reader does: `splitlines()`, a JSON object a line, and sample_id, source_text and a summary,
 * under its present or its older name, in each.
 */
export function readAsTeam(text: string): TeamSample[] {
  return LINE_ENDS.reduce((lines, end) => lines.replaceAll(end, '\n'), text)
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => {
      const {sample_id, source_text, summary_markdown, summary_text, timestamp} = JSON.parse(line) as Record<
        string,
        unknown
      >
      const summary = summary_markdown ?? summary_text
      for (const [name, value] of Object.entries({sample_id, source_text, summary}))
        if (typeof value !== 'string' || value === '') throw new Error(`no ${name}: ${line.slice(0, 80)}`)
      if (Number.isNaN(Date.parse(String(timestamp)))) throw new Error(`no timestamp: ${line.slice(0, 80)}`)
      return {sample_id, source_text, summary} as TeamSample
    })
}
