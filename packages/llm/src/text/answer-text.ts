// What models and their servers put around an answer: thinking, tokens that steer, marks of encoding. Pure.

/** Names of tags that models think in. */
const NAMES = 'think|thinking|thought|thoughts|reasoning|reflection|scratchpad|analysis|seed:think'
// <think>, [THINK], <|thinking|>, <|begin_of_thought|>, <|START_THINKING|>, ◁think▷ and what closes them.
const OPEN = new RegExp(
  String.raw`<(?:${NAMES})(?:\s[^<>]{0,100})?>|\[THINK(?:ING)?\](?!\()|<\|(?:${NAMES}|begin_of_thought|start_thinking)\|>|◁(?:${NAMES})▷`,
  'giu',
)
const CLOSE = new RegExp(
  String.raw`</(?:${NAMES})\s*>|\[/THINK(?:ING)?\]|<\|/(?:${NAMES})\|>|<\|(?:end_of_thought|end_thinking)\|>|◁/(?:${NAMES})▷`,
  'giu',
)

/** OpenAI's harmony: channels of one reply, of which `final` is the answer. */
const HARMONY = /<\|channel\|>\s*(\w+)(?:[^<]|<\|constrain\|>){0,100}<\|message\|>/gu
const HARMONY_END = /<\|(?:end|return|start|call)\|>/u
/** The same where the server has dropped the tokens that steer and kept their words. */
const BARE_HARMONY = /^\s*analysis[\s\S]*assistantfinal/u

/** What ends a turn: after it a model talks to itself. */
const END_OF_TURN =
  /<\|(?:im_end|eot_id|eom_id|endoftext|end_of_text|end_of_turn|end|return|eos)\|>|<end_of_turn>|<(?:\||｜)end▁of▁sentence(?:\||｜)>|<eos>|<\/s>(?=\s*(?:$|<))/iu
const ASSISTANT_HEADER =
  /^\s*(?:<\|im_start\|>\s*assistant|<\|start_header_id\|>\s*assistant\s*<\|end_header_id\|>|<start_of_turn>\s*model|<\|start\|>\s*assistant|<\|assistant\|>|<[|｜]Assistant[|｜]>)[ \t]*\n?/iu
/** Any other token that steers, wherever it stands. */
const STEERING = /<[|｜][\w:▁/ -]{1,40}[|｜]>|<(?:bos|pad|unk|eos|start_of_turn|end_of_turn)>|\[\/?INST\]/giu
const LEADING_MARKS = /^[\ufeff\u200b\u2060\s]+/u

/**
 * What a model answered, without its thinking (`<think>…</think>` and its kin, also where only `</think>` stands, where the channel is
 * harmony's, in any case), without tokens that steer (`<|im_end|>`, `</s>`) and what comes after the end of the turn, and without a
 * byte order mark. Thinking that never ends is thinking to the end: the answer is then empty.
 * @example answerText('<think>Пожалуй, 9.</think>\n{"score": 9}<|im_end|>') // '{"score": 9}'
 */
export function answerText(reply: string): string {
  const spoken = withoutThinking(finalChannel(reply))
  const begun = spoken.replace(ASSISTANT_HEADER, '')
  const end = END_OF_TURN.exec(begun)
  const turn = end && begun.slice(0, end.index).trim() !== '' ? begun.slice(0, end.index) : begun
  return withoutThinking(turn.replaceAll(STEERING, '').replace(/<\/?s>\s*$|^\s*<s>/gu, ''))
    .replace(LEADING_MARKS, '')
    .trim()
}

function finalChannel(reply: string): string {
  const bare = BARE_HARMONY.exec(reply)
  if (bare) return reply.slice(bare[0].length)
  const channels = [...reply.matchAll(HARMONY)]
  if (channels.length === 0) return reply
  const final = channels.findLast(([, name]) => name?.toLowerCase() === 'final')
  if (!final) return ''
  const text = reply.slice(final.index + final[0].length)
  return text.split(HARMONY_END, 1)[0] ?? ''
}

function withoutThinking(text: string): string {
  const tags = tagsOf(text)
  let answer = ''
  let at = 0
  for (let i = 0; i < tags.length;) {
    const {start, end, opens} = tags[i] as Tag
    const spoken = `${answer}${text.slice(at, start)}`
    if (!opens) {
      // The opening tag was in the prompt: all before the closing one is thought. Unless it is data that quotes the tag.
      if (isData(spoken)) break
      answer = ''
      at = end
      i += 1
    } else {
      if (!beginsLine(text, start)) break
      const close = closeOf(tags, i)
      if (close === undefined) return spoken
      answer = spoken
      at = (tags[close] as Tag).end
      i = close + 1
    }
  }
  return `${answer}${text.slice(at)}`
}

interface Tag {
  start: number
  end: number
  opens: boolean
}

function tagsOf(text: string): Tag[] {
  const found = (shape: RegExp, opens: boolean): Tag[] =>
    [...text.matchAll(shape)].map(({index, 0: tag}) => ({start: index, end: index + tag.length, opens}))
  return [...found(OPEN, true), ...found(CLOSE, false)].toSorted((a, b) => a.start - b.start)
}

/** The tag that closes the block which this one opens; blocks may stand in each other. Undefined when nothing does. */
function closeOf(tags: readonly Tag[], first: number): number | undefined {
  let depth = 0
  for (let i = first; i < tags.length; i++) {
    depth += tags[i]?.opens ? 1 : -1
    if (depth === 0) return i
  }
  // More opened than closed: a model that mentions its own tag. The last closing one ends it.
  const last = tags.findLastIndex(({opens}) => !opens)
  return last > first ? last : undefined
}

/** A tag in the middle of a sentence is spoken of, not thought in. */
function beginsLine(text: string, index: number): boolean {
  return /(?:^|\n|[.!?…:>])[ \t]*$/u.test(text.slice(Math.max(0, index - 20), index))
}

function isData(text: string): boolean {
  return /^\s*(?:```\w*\s*)?\{/u.test(text) && text.split('"').length > 2
}

const FENCE = /^(`{3,}|~{3,})[ \t]*(?:[A-Za-z][\w+]*)?[ \t]*\r?\n?([\s\S]*?)\r?\n?[ \t]*\1\s*$/u

/**
 * A text without the code fence around the whole of it, in any spelling: ```` ```markdown ````, `~~~`, ```` ```JSON ````.
 * A fence around a part of it stays: what it marks off is not known.
 */
export function withoutFence(text: string): string {
  const trimmed = text.trim()
  const inner = FENCE.exec(trimmed)?.[2]
  return inner === undefined || /^[ \t]*(?:`{3,}|~{3,})/mu.test(inner) ? trimmed : inner.trim()
}
