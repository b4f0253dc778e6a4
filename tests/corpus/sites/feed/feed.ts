// An infinite feed built with React: posts come as the reader scrolls, pictures from a content delivery network.
import { join } from 'node:path';
import { bundle } from '../../serving/bundle';
import { documentOf } from '../../serving/document';
import { html, picture, text } from '../../serving/answers';
import type { Site } from '../../site';

const pages = 4;
const perPage = 5;

const posts = (page: number) => ({
  posts: Array.from({ length: perPage }, (_, index) => {
    const id = page * perPage + index;
    return {
      id,
      author: id % 6,
      photo: `http://cdn.feed.example/photos/${id % 2 ? 'valley' : 'city'}-${id}-400x300.jpg`,
    };
  }),
  next: page + 1 < pages ? page + 1 : null,
});

const style = `
main { width: 560px; margin: 0 auto } article { margin: 24px 0; border: 1px solid #ddd }
header { display: flex; gap: 12px; align-items: center; padding: 8px; height: 64px }
.face { width: 48px; height: 48px; border-radius: 50% } .photo { display: block; width: 558px; height: 419px }
[aria-busy] { height: 1px } .liked { outline: 3px solid #c33 } button { font-size: 18px }
`;

const page = documentOf({
  title: 'Today',
  style,
  body: '<div id="root"></div><script src="/app.js"></script>',
});

export const feed: Site = {
  name: 'feed',
  about:
    'an infinite feed built with React; pictures from a CDN host; likes and a filter render it anew',
  url: 'http://feed.example/',
  hosts: () => ({
    'feed.example': async (url) => {
      switch (url.pathname) {
        case '/':
          return html(page);
        case '/app.js':
          return text('text/javascript', await bundle(join(import.meta.dirname, 'client.tsx')));
        case '/api/posts': {
          const wanted = posts(Number(url.searchParams.get('page')));
          return text('application/json', JSON.stringify(wanted));
        }
        default:
          return undefined;
      }
    },
    'cdn.feed.example': (url, headers) =>
      picture(url.pathname, headers, {
        'cache-control': 'public, max-age=31536000, immutable',
        'access-control-allow-origin': '*',
      }),
  }),
  expected: [
    { what: 'faces', url: /\/faces\//, count: 6, outcome: 'upscaled' },
    { what: 'photos', url: /\/photos\//, count: pages * perPage, outcome: 'upscaled' },
  ],
  async interact({ page, settle }) {
    for (const like of (await page.$$('.like')).slice(0, 3)) await like.click();
    await settle();
    // Half of the posts go and come back.
    await page.click('#filter');
    await settle();
    await page.click('#filter');
    for (const like of (await page.$$('.like')).slice(0, 3)) await like.click();
  },
};
