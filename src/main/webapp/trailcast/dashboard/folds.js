const narrow = matchMedia('(max-width: 44rem)'); // as dashboard.css has it

/** On a phone the activities come first: the parts above them are folded, and shown when they are asked for. */
export function foldWhereItIsNarrow() {
  const fold = () => document.querySelectorAll('.fold').forEach(part => part.open = !narrow.matches);
  narrow.addEventListener('change', fold);
  fold();
}
