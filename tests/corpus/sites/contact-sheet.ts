// A contact sheet of 2000 thumbnails, all different, on one page.
import { documentOf, times } from '../serving/document';
import { html, picture } from '../serving/answers';
import type { Site } from '../site';

const count = 2000;
const scenes = ['valley', 'city', 'pebbles', 'fruit'];

/** So large that the screens around the reader hold no more of them than one report names, 500. */
const style = `
main { display: grid; grid-template-columns: repeat(auto-fill, 96px); gap: 6px; padding: 6px }
main img { width: 96px; height: 72px }
`;

const page = documentOf({
  title: 'Contact sheet',
  style,
  body: `<main>${times(count, (index) => `<img loading="lazy" src="/t/${scenes[index % 4]}-${index}-96x72.jpg" alt="">`)}</main>`,
});

const thumbnails = (seen: number) => [
  { what: 'thumbnails', url: /\/t\//, count: seen, outcome: 'upscaled' as const },
];

export const contactSheet: Site = {
  name: 'thumbnails',
  about: '2000 different thumbnails on one page',
  url: 'http://sheet.example/',
  // A report names the newest 500 images, so a new decision on earlier ones could not be seen.
  opensAt: 2,
  hosts: () => ({
    'sheet.example': (url, headers) =>
      url.pathname === '/' ? html(page) : picture(url.pathname, headers),
  }),
  expected: thumbnails(count),
  quick: { screens: 1, expected: thumbnails(200) },
};
