// One sample: its texts side by side with what they share marked, and how it was judged.
'use strict'
;(() => {
  const {scores, say, wordOf, element, number} = globalThis.report

  function detail({source, answers, judgements}) {
    const quotes = judgements.flatMap(judgement => judgement.evidence)
    const pairs = answers.map((answer, i) => textPair(source, answer, quotes, answers.length > 1 ? ` ${i + 1}` : ''))
    return element('div', {}, ...pairs, element('small', {}, say('fragments')), judgementList(judgements))
  }

  function textPair(source, {summary, model, fragments}, quotes, place) {
    const inSummary = fragments.map(([start, end], id) => ({start, end, id, kind: ''}))
    const inSource = [
      ...fragments.map(([, , start, end], id) => ({start, end, id, kind: ''})),
      ...quotes.map(([start, end]) => ({start, end, id: null, kind: 'quote'})),
    ]
    const pair = element(
      'div',
      {className: 'texts'},
      textPane(`${say('summary')}${place}${model ? ` · ${model}` : ''}`, summary, inSummary),
      textPane(say('source'), source, inSource),
    )
    pair.addEventListener('click', event => follow(event, pair))
    return pair
  }

  function textPane(title, text, spans) {
    return element('div', {}, element('h4', {}, title), element('div', {className: 'text'}, ...pieces(text, spans)))
  }

  // Spans may overlap: the text is cut at every end, and a piece belongs to the first span that covers it.
  function pieces(text, spans) {
    const cuts = [...new Set([0, text.length, ...spans.flatMap(({start, end}) => [start, end])])].sort((a, b) => a - b)
    return cuts.slice(0, -1).map((start, i) => {
      const part = text.slice(start, cuts[i + 1])
      const covering = spans.filter(span => span.start <= start && span.end >= cuts[i + 1])
      if (covering.length === 0) return document.createTextNode(part)
      const quote = covering.some(({kind}) => kind === 'quote')
      const marked = element('mark', {className: quote ? 'quote' : ''}, part)
      marked.dataset.ids = covering.map(({id}) => id).join(' ')
      return marked
    })
  }

  // A click on a marked piece shows its counterpart in the other text.
  function follow(event, pair) {
    const clicked = event.target.closest('mark')
    if (!clicked) return
    event.stopPropagation()
    const ids = clicked.dataset.ids.split(' ')
    for (const piece of pair.querySelectorAll('mark'))
      piece.classList.toggle(
        'on',
        piece.dataset.ids.split(' ').some(id => id !== '' && ids.includes(id)),
      )
    for (const pane of pair.querySelectorAll('.text')) {
      const counterpart = pane.querySelector('mark.on')
      if (counterpart && !pane.contains(clicked))
        pane.scrollTop = counterpart.offsetTop - pane.offsetTop - pane.clientHeight / 3
    }
  }

  function judgementList(judgements) {
    return element(
      'ul',
      {className: 'judgements'},
      ...judgements.flatMap(({answer, repeat, scores: given, truncated}) => [
        ...(judgements.length > 1 ? [element('li', {}, element('b', {}, `${answer}.${repeat}`))] : []),
        ...(truncated > 0 ? [element('li', {}, `${say('truncated')}: ${truncated}`)] : []),
        ...scores.filter(name => given[name]).map(name => judgementLine(name, given[name])),
      ]),
    )
  }

  function judgementLine(name, score) {
    const line = element('li', {}, element('b', {}, `${wordOf(name)} `))
    if ('value' in score) line.append(number(score.value))
    else line.append(`${say('unmeasured')}: ${wordOf(score.unmeasured)}${score.detail ? ` (${score.detail})` : ''}`)
    for (const quote of score.evidence || []) line.append(' ', element('q', {}, quote))
    return line
  }

  globalThis.report.detail = detail
})()
