/**
 * Makes an element. Strings from outside go in as text, never as HTML.
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
  made.append(...children);
  return made;
}

/** The element of this id, which the page has. */
export const byId = id => document.getElementById(id);

/** Sets the text where it is another: an unchanged one costs no layout, and no word of a screen reader. */
export function say(target, text) {
  if (target.textContent !== text) {
    target.textContent = text;
  }
}
