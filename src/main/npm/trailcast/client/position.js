/**
 * Compares positions, `epoch-offset`: negative, 0 or positive, and NaN for those of two journals, which are in no order.
 * Whatever is compared with no position at all is ahead of it.
 */
export function compare(one, other) {
  if (other === undefined) {
    return 1;
  }
  const [epoch, offset] = one.split('-');
  const [otherEpoch, otherOffset] = other.split('-');
  return epoch === otherEpoch ? Math.sign(Number(BigInt(offset) - BigInt(otherOffset))) : NaN;
}
