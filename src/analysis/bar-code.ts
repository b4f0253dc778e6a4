// Bar codes: many bars side by side, the same from row to row.

/** The shortest in use (EAN-8) has 43 changes from dark to light or back. */
const minChanges = 40;
/** Share of the height that the bars must take, and of a row that may differ from the row above. */
const minBand = 0.3;
const maxDifference = 0.01;

/** `dark` is 1 for each dark pixel. Upright or lying. */
export function hasBarCode(dark: Uint8Array, width: number, height: number): boolean {
  return hasBars(dark, width, height, 1, width) || hasBars(dark, height, width, width, 1);
}

function hasBars(
  dark: Uint8Array,
  length: number,
  lines: number,
  step: number,
  lineStep: number,
): boolean {
  let band = 0;
  let longest = 0;
  for (let line = 1; line < lines; line++) {
    const start = line * lineStep;
    let changes = 0;
    let different = 0;
    let wide = 0;
    let run = 1;
    for (let i = 1; i < length; i++) {
      const here = dark[start + i * step];
      if (here !== dark[start + i * step - lineStep]) different += 1;
      if (here !== dark[start + (i - 1) * step]) {
        changes += 1;
        run = 1;
      } else {
        run += 1;
        if (here === 1 && run > length / 12) wide += 1;
      }
    }
    const isBars = changes >= minChanges && wide === 0 && different <= maxDifference * length;
    band = isBars ? band + 1 : 0;
    longest = Math.max(longest, band);
  }
  return longest >= minBand * lines;
}
