/** Writes a text as one shell word: bare where every shell takes it as it is, otherwise in single quotes. */
export function quoteWord(text: string): string {
  if (/^[A-Za-z0-9_./:@%+,=-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", "'\\''")}'`;
}
