// The HTML around a site's content.

export interface DocumentParts {
  title: string;
  style?: string;
  head?: string;
  body: string;
}

/** No favicon, so that no request is made that the site does not name. */
export const documentOf = ({ title, style = '', head = '', body }: DocumentParts): string =>
  `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">${style && `<style>${base}${style}</style>`}${head}</head>
<body>${body}</body></html>`;

const base = `
* { box-sizing: border-box }
body { margin: 0; font: 16px/1.5 'Liberation Sans', Arial, sans-serif; color: #222; background: #fff }
img { vertical-align: top }
`;

export const times = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join('');
