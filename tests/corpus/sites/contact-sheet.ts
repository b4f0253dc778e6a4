// A contact sheet of 2000 thumbnails, all different, on one page.
import { documentOf, times } from '../serving/document';
import { html, picture } from '../serving/answers';
import type { Site } from '../site';

const count = 2000;
const scenes = ['valley', 'city', 'pebbles', 'fruit'];

const style = `
main { display: grid; grid-template-columns: repeat(auto-fill, 72px); gap: 6px; padding: 6px }
main img { width: 72px; height: 54px }
`;

const page = documentOf({
  title: 'Contact sheet',
  style,
  body: `<main>${times(count, (index) => `<img loading="lazy" src="/t/${scenes[index % 4]}-${index}-72x54.jpg" alt="">`)}</main>`,
});

const thumbnails = (seen: number) => [
  { what: 'thumbnails', url: /\/t\//, count: seen, outcome: 'upscaled' as const },
];

export const contactSheet: Site = {
  name: 'thumbnails',
  about: '2000 different thumbnails on one page',
  url: 'http://sheet.example/',
  hosts: () => ({
    'sheet.example': (url, headers) =>
      url.pathname === '/' ? html(page) : picture(url.pathname, headers),
  }),
  expected: thumbnails(count),
  quick: { screens: 1, expected: thumbnails(200) },
};
