// Scripts that a test hands to a page. Texts, because the types of a browser and those of Node do not live in one program.

/** Controls that nobody could name aloud. */
export const NAMELESS_CONTROLS = `[...document.querySelectorAll('a, button, input, select')]
  .filter(control => {
    const label = control.closest('label')?.textContent ?? ''
    return (control.textContent + (control.getAttribute('aria-label') ?? '') + label).trim() === ''
  })
  .map(control => control.outerHTML)`

/** Texts whose contrast with what is behind them is below 4.5. */
export const PALE_TEXTS = `(() => {
  const channels = color => (color.match(/[\\d.]+/gu) ?? []).map(Number)
  const linear = value => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
  const luminance = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255)
  const behind = element => {
    const color = element ? channels(getComputedStyle(element).backgroundColor) : [255, 255, 255]
    return color.length === 4 && color[3] === 0 ? behind(element?.parentElement) : color
  }
  const contrast = element => {
    const [dark, light] = [luminance(channels(getComputedStyle(element).color)), luminance(behind(element))].sort((a, b) => a - b)
    return (light + 0.05) / (dark + 0.05)
  }
  const hasText = element => [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim() !== '')
  return [...document.querySelectorAll('main *, header *, footer')]
    .filter(element => hasText(element) && element.getClientRects().length > 0)
    .filter(element => !(element instanceof SVGElement) && !element.matches('.unseen, option') && contrast(element) < 4.5)
    .map(element => element.className + ' ' + element.textContent.slice(0, 40))
})()`

/** What the key j sends in the Russian layout. */
export const KEY_J_OF_RUSSIAN_LAYOUT = `document.dispatchEvent(new KeyboardEvent('keydown', {code: 'KeyJ', key: 'о', bubbles: true}))`

export const SCROLLS_SIDEWAYS = 'document.documentElement.scrollWidth > innerWidth + 1'

/** Texts of drawings that are drawn smaller than can be read, whatever their font says. */
export const TINY_TEXTS = `[...document.querySelectorAll('svg text')]
  .filter(text => text.getBoundingClientRect().height < 11)
  .map(text => text.textContent + ': ' + text.getBoundingClientRect().height)`

/** On a busy machine: no frames are drawn in time, and the next place of the page comes late. */
export const BUSY = `requestAnimationFrame = () => 0
addEventListener('hashchange', () => {
  const until = performance.now() + 100
  while (performance.now() < until);
}, {capture: true, once: true})`

const STOPS = `[...document.querySelectorAll('a[href], button, input, select, [tabindex="0"]')]
  .filter(control => !control.disabled && control.getClientRects().length > 0)`

/** How many controls Tab stops at. */
export const TAB_STOPS = `${STOPS}.length`

/** Which of them has the focus, in the order of the document, and whether a person can see that. */
export const FOCUSED_STOP = `(() => {
  const {outlineStyle, outlineWidth} = getComputedStyle(document.activeElement)
  return {stop: ${STOPS}.indexOf(document.activeElement), marked: outlineStyle !== 'none' && outlineWidth !== '0px'}
})()`
