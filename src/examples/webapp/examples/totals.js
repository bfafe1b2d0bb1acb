/** What the shop's activities add up to. They are whatever somebody has recorded: nothing is taken for granted. */
export class Totals {
  orders = [];
  revenue = 0;
  sold = new Map(); // how many of each product
  buyers = new Set();
  #seen = new Map(); // when each visitor was seen last

  add({ type, time, actor, data }) {
    const at = Date.parse(time);
    this.#seen.set(actor, Math.max(at, this.#seen.get(actor) ?? 0));
    if (type === 'order.placed') {
      const total = Number(data?.total) || 0;
      const items = Array.isArray(data?.items) ? data.items.filter(item => item !== null) : [];
      this.orders.push({ at, time, actor, items, total });
      this.revenue += total;
      this.buyers.add(actor);
      for (const { name, quantity } of items) {
        this.sold.set(name, (this.sold.get(name) ?? 0) + (Number(quantity) || 0));
      }
    }
  }

  get average() {
    return this.orders.length === 0 ? undefined : this.revenue / this.orders.length;
  }

  /** Which part of the visitors has bought something. */
  get conversion() {
    return this.#seen.size === 0 ? undefined : this.buyers.size / this.#seen.size;
  }

  visitorsSince(time) {
    return [...this.#seen.values()].filter(at => at >= time).length;
  }

  /** The revenue of so many equal parts of the time from then to then. */
  revenueBetween(from, to, parts) {
    const sums = new Array(parts).fill(0);
    for (const { at, total } of this.orders) {
      const part = Math.floor((at - from) / (to - from) * parts);
      if (part >= 0 && part < parts) {
        sums[part] += total;
      }
    }
    return sums;
  }
}
