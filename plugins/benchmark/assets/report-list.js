// The list of samples and the language switch.
'use strict'
;(() => {
  const PAGE = 25
  const root = document.documentElement
  const {scores, rows, say, wordOf, element, number, detail} = globalThis.report
  const compared = rows.some(row => row.before)
  const state = {page: 0, text: '', channel: '', sort: compared ? 'changed' : 'order', open: null}

  function mean(values) {
    const known = values.filter(value => value !== null)
    return known.length === 0 ? -1 : known.reduce((sum, value) => sum + value, 0) / known.length
  }

  function change(row) {
    if (!row.before) return -1
    return Math.max(
      ...row.scores.map((score, i) => (score === null || row.before[i] === null ? 0 : Math.abs(score - row.before[i]))),
    )
  }

  function found() {
    const text = state.text.toLowerCase()
    const kept = rows
      .map((row, index) => ({row, index}))
      .filter(({row}) => (state.channel === '' || row.channel === state.channel) && row.id.toLowerCase().includes(text))
    if (state.sort === 'lowest') kept.sort((a, b) => mean(a.row.scores) - mean(b.row.scores))
    if (state.sort === 'changed') kept.sort((a, b) => change(b.row) - change(a.row))
    return kept
  }

  function select(value, options, onChange) {
    const made = element('select', {}, ...options.map(([key, label]) => element('option', {value: key}, label)))
    made.value = value
    made.addEventListener('change', () => onChange(made.value))
    return made
  }

  function controls(count) {
    const search = element('input', {
      type: 'search',
      value: state.text,
      placeholder: say('search'),
      ariaLabel: say('search'),
    })
    search.addEventListener('input', () => update({text: search.value, page: 0}, 'search'))
    const channels = [...new Set(rows.map(row => row.channel))].sort((a, b) => (a < b ? -1 : 1))
    const sorts = ['order', 'lowest', ...(compared ? ['changed'] : [])]
    const pages = Math.max(1, Math.ceil(count / PAGE))
    const turn = (label, page) => {
      const made = element('button', {type: 'button', disabled: page < 0 || page >= pages}, label)
      made.addEventListener('click', () => update({page, open: null}))
      return made
    }
    return element(
      'div',
      {className: 'controls'},
      search,
      select(state.channel, [['', say('channels')], ...channels.map(name => [name, name])], channel =>
        update({channel, page: 0}),
      ),
      select(
        state.sort,
        sorts.map(name => [name, say(name)]),
        sort => update({sort, page: 0}),
      ),
      element(
        'span',
        {className: 'pages'},
        turn(`‹ ${say('previous')}`, state.page - 1),
        `${state.page + 1} / ${pages}`,
        turn(`${say('next')} ›`, state.page + 1),
      ),
    )
  }

  function scoreCell(score, before) {
    const cell = element('td', {}, number(score))
    if (score !== null && before !== null && before !== undefined && score !== before) {
      const difference = score - before
      cell.append(
        element(
          'small',
          {className: difference < 0 ? 'down' : 'up'},
          ` ${difference > 0 ? '+' : '−'}${number(Math.abs(difference))}`,
        ),
      )
    }
    return cell
  }

  function rowElements({row, index}, hasLatency) {
    const isOpen = state.open === index
    const opener = element('button', {type: 'button', className: 'open-sample', ariaExpanded: String(isOpen)}, row.id)
    const synthetic = row.origin === 'synthetic' ? element('small', {}, ` ${wordOf('synthetic')}`) : null
    const line = element(
      'tr',
      {className: isOpen ? 'open' : ''},
      element('td', {}, opener, synthetic === null ? '' : synthetic),
      ...row.scores.map((score, i) => scoreCell(score, row.before && row.before[i])),
      ...(hasLatency ? [element('td', {}, number(row.latency))] : []),
    )
    line.dataset.index = String(index)
    line.addEventListener('click', () => update({open: isOpen ? null : index}))
    return isOpen ? [line, detailRow(index, line.children.length)] : [line]
  }

  function detailRow(index, columns) {
    const data = document.getElementById(`detail-${index}`)
    const content = data
      ? detail(JSON.parse(data.textContent))
      : element('p', {}, `${say('absent')} … --sample ${rows[index].id}`)
    return element('tr', {className: 'detail'}, element('td', {colSpan: columns}, content))
  }

  function table(shown) {
    const hasLatency = rows.some(row => row.latency !== null)
    const heads = [say('sample'), ...scores.map(wordOf), ...(hasLatency ? [say('latency')] : [])]
    const head = element('thead', {}, element('tr', {}, ...heads.map(name => element('th', {}, name))))
    return element(
      'table',
      {className: 'list'},
      head,
      element('tbody', {}, ...shown.flatMap(item => rowElements(item, hasLatency))),
    )
  }

  function show() {
    const all = found()
    const shown = all.slice(state.page * PAGE, (state.page + 1) * PAGE)
    const content = shown.length > 0 ? table(shown) : element('p', {}, say('none'))
    document
      .getElementById('list')
      .replaceChildren(controls(all.length), element('div', {className: 'card scroll'}, content))
  }

  function update(changes, focus) {
    Object.assign(state, changes)
    show()
    if (focus !== 'search') return
    const search = document.querySelector('#list input')
    search.focus()
    search.setSelectionRange(search.value.length, search.value.length)
  }

  function speak(language) {
    root.lang = language
    document.getElementById(language).checked = true
    show()
  }

  for (const choice of document.querySelectorAll('[name=language]'))
    choice.addEventListener('change', () => speak(choice.id))
  const wanted = new URLSearchParams(location.hash.slice(1))
  const asked = rows.findIndex(row => row.id === wanted.get('sample'))
  if (asked >= 0) Object.assign(state, {open: asked, page: Math.floor(asked / PAGE)})
  speak(['ru', 'en'].includes(wanted.get('lang')) ? wanted.get('lang') : root.lang)
})()
