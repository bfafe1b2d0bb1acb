const LOOKS = 3;

/** Notices that nothing is heard. It counts its looks, not the time: a tab that was asleep must not blame others. */
export class Silence {
  #looks = 0; // in a row, and nothing was heard between them

  /** How often to look, so that a silence of so many milliseconds is noticed. */
  static interval(milliseconds) {
    return milliseconds / LOOKS;
  }

  /** Something is heard, or there is nothing to be heard. */
  end() {
    this.#looks = 0;
  }

  /** Looks whether it has lasted too long; if so, it begins anew. */
  look() {
    this.#looks++;
    const tooLong = this.#looks > LOOKS;
    if (tooLong) {
      this.#looks = 0;
    }
    return tooLong;
  }
}
