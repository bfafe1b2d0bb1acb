// What is not seen, or turns around what is seen; but not what some scripts join letters with, or choose their form by, where
// it is not at the beginning or behind a letter of a script that has no use for it.
const HIDDEN = /(?![\n\t\u200c\u200d\ufe00-\ufe0f\u{e0100}-\u{e01ef}])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(^|[A-Za-z\u00c0-\u05ff])[\u200c\u200d\ufe00-\ufe0f\u{e0100}-\u{e01ef}]+/gu;

const shown = (text, how) => text.replace(HIDDEN, (hidden, letter = '') => letter + how(hidden.slice(letter.length)));

const hex = number => number.toString(16).padStart(4, '0');

/** A text so that one sees what it is: nobody is shown as alice who is ecila behind a right-to-left override. */
export const visible = text =>
  shown(text, hidden => [...hidden].map(each => `[U+${hex(each.codePointAt(0)).toUpperCase()}]`).join(''));

/** JSON likewise; it stays the same JSON. */
export const visibleJson = json =>
  shown(json, hidden => hidden.split('').map(each => `\\u${hex(each.charCodeAt(0))}`).join(''));

/**
 * Makes an element. Strings from outside go in as text, never as HTML, and as `visible` has them.
 *
 * @param {string} name of the element
 * @param {Object<string, string|undefined>} attributes; those that are undefined are left out
 * @param {...(Node|string)} children
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== undefined) {
      made.setAttribute(attribute, value);
    }
  }
  made.append(...children.map(child => typeof child === 'string' ? visible(child) : child));
  return made;
}

/** The element of this id, which the page has. */
export const byId = id => document.getElementById(id);

/** Sets the text, as `visible` has it, where it is another: an unchanged one costs no layout, and no word of a screen reader. */
export function say(target, text) {
  const shown = visible(text);
  if (target.textContent !== shown) {
    target.textContent = shown;
  }
}
