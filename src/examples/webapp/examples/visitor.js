import { byId, keep, kept } from './page.js';

/**
 * Who you are, as the form #visitor says. Each tab has a name of its own, so that two tabs are two people; a new tab begins
 * with the name that was chosen last. Where your users log in, the server knows it, and this is not needed.
 *
 * @param {(name: string) => void} changed called at once, and with each other name
 */
export function visitor(changed) {
  const form = byId('visitor');
  const input = form.elements.name;
  input.value = kept('sessionStorage', 'visitor') ?? kept('localStorage', 'visitor') ?? 'alice';
  form.addEventListener('submit', event => {
    event.preventDefault();
    choose();
  });
  input.addEventListener('change', () => form.requestSubmit());
  let name;
  choose();

  function choose() {
    if (input.value === name) {
      return;
    }
    name = input.value;
    keep('sessionStorage', 'visitor', name);
    keep('localStorage', 'visitor', name);
    changed(name);
  }
}
