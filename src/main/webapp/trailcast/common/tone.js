const TONES = 8; // as many as theme.css has, a power of two

/** One of the theme's tones, always the same for the same name: so the eye finds it again. */
export function tone(name) {
  let hash = 0x811c9dc5; // FNV-1a
  for (let i = 0; i < name.length; i++) {
    hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ hash >>> 15, 0x5bd1e995);
  return String((hash ^ hash >>> 13) & TONES - 1); // mixed once more: like names would have like low bits
}

/** The tone of a type: types of one family, as page.viewed and page.left, have the same. */
export const typeTone = type => tone(type.split('.', 1)[0]);
