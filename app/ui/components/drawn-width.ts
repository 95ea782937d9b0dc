/** About how wide words are in a drawing, in units of text of 14 px: a Chinese character is a full square, digits and Latin about 0.6 of it. */
export const drawnWidth = (text: string): number => [...text].reduce((width, letter) => width + (letter > '\u2e7f' ? 14 : 8.5), 2)
