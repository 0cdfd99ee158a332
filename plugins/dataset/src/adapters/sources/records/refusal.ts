import {FileProblem} from './file-problem.js'

/** For what is no channel. It shows nothing of the content, which is private. */
export function refusal(reason: string): FileProblem {
  return new FileProblem(
    `refused: ${reason}`,
    {raw: ''},
    'Export the channel itself: open it in Telegram Desktop, choose “Export chat history” and “Machine-readable JSON”.',
  )
}
