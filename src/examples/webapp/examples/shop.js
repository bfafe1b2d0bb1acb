// The shop, and beside it what its beans tell Trailcast.
import { subscribe } from '../trailcast.js';
import { byId, element, euros, prepend, showState, time } from './page.js';
import { ask } from './shop-api.js';
import { visitor } from './visitor.js';

const SHOWN = 30;

let name;
let own; // the subscription to the visitor's own trail

follow(byId('all'), {}, showState);
visitor(chosen => {
  name = chosen;
  own?.close();
  own = follow(byId('own'), { actor: name });
  show(ask(name, 'products'), showProducts);
  show(ask(name, 'cart'), showCart);
});

/** Follows what happens in the shop. */
function follow(list, filters, onState) {
  list.replaceChildren();
  return subscribe({
    filters: { source: '/examples/shop', ...filters },
    since: { last: SHOWN }, // for who comes for the first time; a reload goes on where it was
    keep: SHOWN,
    onActivity: activity => prepend(list, row(activity), SHOWN),
    onGap: () => prepend(list, element('li', 'gap', 'Some of what happened here is no longer kept.'), SHOWN),
    onState,
  });
}

function row({ time: at, actor, type, subject, data }) {
  const words = data?.words !== undefined ? `“${data.words}”` : subject;
  return element('li', '', time({ time: at }),
    element('span', '', element('strong', '', actor ?? 'somebody'), ' ', element('code', '', type), ` ${words ?? ''}`));
}

/** Shows what the shop answers, or why it does not. */
async function show(answer, how) {
  try {
    const answered = await answer;
    byId('answer').textContent = '';
    how(answered);
  } catch (problem) {
    byId('answer').textContent = problem.message;
  }
}

function showProducts(products) {
  byId('products').replaceChildren(...products.map(product => {
    const title = element('button', 'link', product.name);
    title.addEventListener('click', () => show(ask(name, `products/${product.id}`), showProduct));
    return element('li', 'card', picture(product), element('h3', '', title), element('p', '', euros(product.price)),
      adding(product));
  }));
  byId('found').textContent = products.length === 0 ? 'Nothing found.' : '';
}

function showProduct(product) {
  byId('product-name').textContent = product.name;
  byId('product-about').replaceChildren(picture(product), element('p', '', product.description),
    element('p', '', euros(product.price)), adding(product));
  byId('product').showModal();
}

function adding(product) {
  const button = element('button', 'primary', 'Add to cart');
  button.setAttribute('aria-label', `Add to cart: ${product.name}`);
  button.addEventListener('click', () => {
    byId('product').close();
    show(ask(name, `cart/${product.id}`, 'POST'), showCart);
  });
  return button;
}

function removing({ product, name: what }) {
  const button = element('button', 'less', '−');
  button.setAttribute('aria-label', `Take one out: ${what}`);
  button.addEventListener('click', async () => {
    await show(ask(name, `cart/${product.replace('products/', '')}`, 'DELETE'), showCart);
    (byId('items').querySelector(`[aria-label='Take one out: ${what}']`) ?? byId('cart-title')).focus(); // it was drawn anew
  });
  return button;
}

function picture(product) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `products.svg#${product.id}`);
  svg.setAttribute('aria-hidden', 'true');
  svg.append(use);
  return svg;
}

function showCart({ items, total }) {
  byId('items').replaceChildren(...items.map(item => element('li', '', removing(item), `${item.quantity} × ${item.name}`)));
  byId('total').textContent = items.length === 0 ? 'Your cart is empty.' : `Total ${euros(total)}`;
  byId('order').disabled = items.length === 0;
}

byId('search').addEventListener('submit', event => {
  event.preventDefault();
  const words = event.target.elements.words.value.trim();
  show(ask(name, words === '' ? 'products' : `products?search=${encodeURIComponent(words)}`), showProducts);
});

byId('order').addEventListener('click', async () => {
  byId('order').disabled = true; // an order is placed once
  await show(ask(name, 'orders', 'POST'), order => {
    showCart({ items: [] });
    byId('answer').textContent = `Thank you! This is order ${order.number}.`;
  });
  byId('order').disabled = byId('items').children.length === 0;
});
