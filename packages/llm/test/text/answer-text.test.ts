import {expect} from 'chai'
import {array, assert, constantFrom, property} from 'fast-check'

import {answerText, withoutFence} from '#src/text/index.js'

const ANSWER = '- Открыт мост. [пост](https://t.me/a/1)\n- Идёт снег.'
const THOUGHT = 'Сначала прочту посты.\n- черновик [пост](https://t.me/a/9)\nПожалуй, так.'

describe('the answer in a reply', () => {
  const THINKING: Record<string, string> = {
    'DeepSeek, Qwen': `<think>\n${THOUGHT}\n</think>\n\n${ANSWER}`,
    'in capitals': `<THINK>${THOUGHT}</THINK>${ANSWER}`,
    'the closing tag alone': `${THOUGHT}\n</think>\n\n${ANSWER}`,
    'the closing tag alone, in capitals': `${THOUGHT}\n</Think>\n${ANSWER}`,
    '<thinking>': `<thinking>${THOUGHT}</thinking>\n${ANSWER}`,
    '<thinking> closed alone': `${THOUGHT}</thinking>${ANSWER}`,
    '<reasoning>': `<reasoning>${THOUGHT}</reasoning>\n${ANSWER}`,
    '<thought>': `<thought>${THOUGHT}</thought>${ANSWER}`,
    'with an attribute': `<think effort="low">${THOUGHT}</think>${ANSWER}`,
    Mistral: `[THINK]${THOUGHT}[/THINK]${ANSWER}`,
    Cohere: `<|START_THINKING|>${THOUGHT}<|END_THINKING|>${ANSWER}`,
    Kimi: `◁think▷${THOUGHT}◁/think▷${ANSWER}`,
    Seed: `<seed:think>${THOUGHT}</seed:think>${ANSWER}`,
    twice: `<think>${THOUGHT}</think>\n<think>ещё</think>\n${ANSWER}`,
    'one in the other': `<think>а <think>б</think> в</think>${ANSWER}`,
    'opened twice': `<think>напишу тег <think>, потом ответ\n</think>${ANSWER}`,
    empty: `<think>\n\n</think>\n\n${ANSWER}`,
    'after a greeting': `<think>${THOUGHT}</think>${ANSWER}`,
    'after the answer': `${ANSWER}\n<think>\n${THOUGHT}\n</think>`,
    'unclosed, after the answer': `${ANSWER}\n<think>\n${THOUGHT}`,
    harmony: `<|channel|>analysis<|message|>${THOUGHT}<|end|><|start|>assistant<|channel|>final<|message|>${ANSWER}<|return|>`,
    'harmony with a constraint': `<|channel|>analysis<|message|>${THOUGHT}<|end|><|start|>assistant<|channel|>final <|constrain|>json<|message|>${ANSWER}`,
    'harmony with two thoughts': `<|channel|>analysis<|message|>${THOUGHT}<|end|><|start|>assistant<|channel|>commentary<|message|>x<|end|><|start|>assistant<|channel|>final<|message|>${ANSWER}`,
    'harmony without its tokens': `analysis${THOUGHT}assistantfinal${ANSWER}`,
  }
  for (const [name, reply] of Object.entries(THINKING))
    it(`is without thinking: ${name}`, () => expect(answerText(reply)).to.equal(ANSWER))

  for (const [name, reply] of Object.entries({
    'a tag': `<think>\n${THOUGHT}\n${ANSWER}`,
    'a tag in capitals': `<THINKING>${ANSWER}`,
    'harmony’s channel': `<|channel|>analysis<|message|>${ANSWER}`,
    'Mistral’s': `[THINK]${ANSWER}`,
  }))
    it(`is nothing when the thinking never ends: ${name}`, () => expect(answerText(reply)).to.equal(''))

  const TOKENS: Record<string, string> = {
    ChatML: `${ANSWER}<|im_end|>`,
    'ChatML and what the model says to itself': `${ANSWER}<|im_end|>\n<|im_start|>user\nЕщё!<|im_end|>`,
    'ChatML at both ends': `<|im_start|>assistant\n${ANSWER}<|im_end|>`,
    'Llama 2': `<s>${ANSWER}</s>`,
    'Llama 3': `<|start_header_id|>assistant<|end_header_id|>\n\n${ANSWER}<|eot_id|>`,
    Gemma: `<start_of_turn>model\n${ANSWER}<end_of_turn>`,
    GPT: `${ANSWER}<|endoftext|>`,
    DeepSeek: `${ANSWER}<｜end▁of▁sentence｜>`,
    Phi: `<|assistant|>\n${ANSWER}<|end|>`,
    'a padded reply': `${ANSWER}<pad><pad>`,
    'Mistral’s instruction': `[/INST] ${ANSWER}</s>`,
    'a byte order mark': `\ufeff${ANSWER}`,
    'blanks of no width': `\u200b\n${ANSWER}\n\n`,
    'thinking and a token': `<think>${THOUGHT}</think>${ANSWER}<|im_end|>`,
  }
  for (const [name, reply] of Object.entries(TOKENS))
    it(`is without tokens that steer: ${name}`, () => expect(answerText(reply)).to.equal(ANSWER))

  for (const [name, reply] of Object.entries({
    plain: ANSWER,
    'a link called Reasoning': '- Вышла статья. [Reasoning](https://t.me/a/1)\n- [analysis](https://t.me/a/2) готов.',
    'a tag that is spoken of': '- Модель пишет <think> перед ответом и </think> после него. [пост](https://t.me/a/1)',
    'crossed out': '- Цена <s>100</s> 90 рублей. [пост](https://t.me/a/1)',
    'a comparison': '- Если a < b и c > d, то это <думать>. [пост](https://t.me/a/1)',
    'JSON that quotes a tag': '{"why": "в тексте есть </think>", "score": 9}',
  }))
    it(`stays whole: ${name}`, () => expect(answerText(reply)).to.equal(reply))

  it('is short work for any text', () => {
    const shapes = ['<think>', '</think>', '[THINK]', '<|', '|>', '<|channel|>', '<', '{', '```', 'analysis', ' ', 'ж']
    assert(
      property(array(constantFrom(...shapes), {maxLength: 200}), parts => {
        const answer = answerText(parts.join(''))
        expect(answer.length).to.be.at.most(parts.join('').length)
      }),
    )
    for (const unit of ['<think>', '</think>', '<|channel|>', '<think ', '</s>', 'analysis', '\u200b ']) {
      const from = process.cpuUsage()
      answerText(unit.repeat(200_000 / unit.length))
      expect(process.cpuUsage(from).user / 1000, unit).to.be.below(3000)
    }
  })
})

describe('a fence around the whole of an answer', () => {
  for (const reply of [
    `\`\`\`\n${ANSWER}\n\`\`\``,
    `\`\`\`markdown\n${ANSWER}\n\`\`\``,
    `\`\`\`Markdown\r\n${ANSWER}\r\n\`\`\`\n`,
    `\`\`\` md\n${ANSWER}\n  \`\`\``,
    `~~~\n${ANSWER}\n~~~`,
    `~~~~text\n${ANSWER}\n~~~~`,
    `\`\`\`md${ANSWER}\`\`\``,
  ])
    it(`is taken off: ${JSON.stringify(reply.slice(0, 14))}`, () => expect(withoutFence(reply)).to.equal(ANSWER))

  it('stays when it is around a part only', () => {
    for (const reply of [`\`\`\`\nа\n\`\`\`\nб\n\`\`\`\nв\n\`\`\``, `Вот:\n\`\`\`\n${ANSWER}\n\`\`\``])
      expect(withoutFence(reply)).to.equal(reply)
  })
})
