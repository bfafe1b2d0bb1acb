import { ask } from './shop-api.js';

const NAMES = ['Ada', 'Alan', 'Barbara', 'Donald', 'Edsger', 'Frances', 'Grace', 'Hedy', 'Ken', 'Margaret', 'Niklaus', 'Radia'];

/** Sends visitors through the shop, who come and go within twenty seconds and do what visitors do. */
export async function sendVisitors(count) {
  const chosen = [...NAMES].sort(() => Math.random() - 0.5).slice(0, count);
  await Promise.all(chosen.map(visit));
}

async function visit(name) {
  await pause();
  const products = await ask(name, 'products');
  for (let looked = 0; looked < 3; looked++) {
    await pause();
    const { id } = products[Math.floor(Math.random() * products.length)];
    await ask(name, `products/${id}`);
    if (Math.random() < 0.4) {
      await ask(name, `cart/${id}`, 'POST');
    }
  }
  await pause();
  const { items } = await ask(name, 'cart');
  if (items.length > 0 && Math.random() < 0.8) {
    await ask(name, 'orders', 'POST').catch(() => {}); // some can't pay
  }
}

const pause = () => new Promise(resolve => setTimeout(resolve, Math.random() * 4_000));
