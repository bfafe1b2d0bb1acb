// The browser's own is not there for pages that came over plain HTTP, and tells it later; a name is 64 bytes or two.

const PRIMES = primes(64);
const CONSTANTS = PRIMES.map(prime => fraction(prime ** (1 / 3)));
const BEGINNING = PRIMES.slice(0, 8).map(prime => fraction(prime ** (1 / 2)));

/**
 * The SHA-256 of a text in UTF-8, as FIPS 180-4 has it.
 *
 * @param {string} text
 * @returns {string} 64 hexadecimal digits
 */
export function sha256(text) {
  const bytes = new TextEncoder().encode(text);
  const padded = new DataView(new ArrayBuffer(Math.ceil((bytes.length + 9) / 64) * 64));
  bytes.forEach((byte, i) => padded.setUint8(i, byte));
  padded.setUint8(bytes.length, 0x80);
  padded.setBigUint64(padded.byteLength - 8, BigInt(bytes.length * 8));
  const hash = Uint32Array.from(BEGINNING);
  for (let at = 0; at < padded.byteLength; at += 64) {
    add(hash, padded, at);
  }
  return Array.from(hash, word => word.toString(16).padStart(8, '0')).join('');
}

/** Adds a block. */
function add(hash, message, at) {
  const words = new Uint32Array(64);
  for (let i = 0; i < 64; i++) {
    words[i] = i < 16
      ? message.getUint32(at + 4 * i)
      : words[i - 16] + sigma(words[i - 15], 7, 18, 3) + words[i - 7] + sigma(words[i - 2], 17, 19, 10);
  }
  let [a, b, c, d, e, f, g, h] = hash;
  for (let i = 0; i < 64; i++) {
    const one = (h + sum(e, 6, 11, 25) + ((e & f) ^ (~e & g)) + CONSTANTS[i] + words[i]) | 0;
    const two = (sum(a, 2, 13, 22) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [a, b, c, d, e, f, g, h] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => {
    hash[i] += word;
  });
}

function rotated(word, by) {
  return (word >>> by) | (word << (32 - by));
}

function sum(word, one, two, three) {
  return rotated(word, one) ^ rotated(word, two) ^ rotated(word, three);
}

function sigma(word, one, two, shift) {
  return rotated(word, one) ^ rotated(word, two) ^ (word >>> shift);
}

/** The first 32 bits behind the point. */
function fraction(number) {
  return ((number - Math.floor(number)) * 2 ** 32) | 0;
}

function primes(count) {
  const found = [];
  for (let number = 2; found.length < count; number++) {
    if (found.every(prime => number % prime !== 0)) {
      found.push(number);
    }
  }
  return found;
}
