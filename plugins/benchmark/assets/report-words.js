// What the other scripts of the report share: its data, its words, and how elements are made. Every text becomes a text node.
'use strict'
;(() => {
  const root = document.documentElement
  const {scores, words, rows} = JSON.parse(document.getElementById('rows').textContent)

  const texts = {
    search: ['найти образец', 'find a sample'],
    channels: ['все каналы', 'all channels'],
    order: ['по порядку', 'in order'],
    lowest: ['сначала худшие', 'worst first'],
    changed: ['сначала изменившиеся', 'largest change first'],
    sample: ['Образец', 'Sample'],
    latency: ['время, с', 'latency, s'],
    source: ['Источник', 'Source'],
    summary: ['Дайджест', 'Summary'],
    none: ['ничего не нашлось', 'nothing found'],
    absent: [
      'Текстов этого образца здесь нет: ep23 benchmark:show',
      'Its texts are not in this file: ep23 benchmark:show',
    ],
    unmeasured: ['не измерено', 'unmeasured'],
    fragments: [
      'выделены общие куски от трёх слов и цитаты судьи',
      'marked: shared runs of three words or more, and quotes of the judge',
    ],
    previous: ['назад', 'previous'],
    next: ['дальше', 'next'],
    truncated: ['судья не видел знаков', 'characters the judge did not see'],
  }
  const say = name => texts[name][root.lang === 'en' ? 1 : 0]
  const wordOf = score => words[score][root.lang === 'en' ? 1 : 0]

  function element(tag, properties, ...children) {
    const made = Object.assign(document.createElement(tag), properties)
    made.append(...children.filter(child => child !== null))
    return made
  }

  function number(value) {
    return value === null ? '—' : value.toFixed(Math.abs(value) >= 10 ? 1 : 3)
  }

  globalThis.report = {scores, rows, say, wordOf, element, number}
})()
