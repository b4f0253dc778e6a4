// An image board whose pictures lie on a host that refuses every other site: by Referer, and one by a cookie.
import { documentOf, times } from '../serving/document';
import { html, picture, refused } from '../serving/answers';
import type { Site } from '../site';

const posts = 8;

const style = `
main { width: 900px; margin: 0 auto } .post { display: flex; gap: 16px; margin: 16px 0 }
.post img { width: 250px; height: 188px }
`;

const page = documentOf({
  title: 'Board',
  style,
  body: `<main><h1>Board</h1>${times(posts, (index) => `<div class="post"><img src="http://i.board.example/thumbs/fruit-${index}-250x188.jpg" alt=""><p>No. ${1000 + index}</p></div>`)}
    <h2>Elsewhere</h2><img src="http://hoster.example/stolen/valley-1-300x200.jpg" width="300" height="200" alt="refused for this site">
  </main>`,
});

export const board: Site = {
  name: 'board',
  about: 'pictures on a host that answers 403 without the Referer of its own site',
  url: 'http://board.example/',
  hosts: () => ({
    'board.example': () => html(page),
    'i.board.example': (url, headers) =>
      /^http:\/\/board\.example\//.test(headers.referer ?? '')
        ? picture(url.pathname, headers, { 'cache-control': 'max-age=3600' })
        : refused(403, 'no hotlinking'),
    'hoster.example': () => refused(403, 'no hotlinking'),
  }),
  expected: [
    { what: 'thumbnails', url: /\/thumbs\//, count: posts, outcome: 'upscaled' },
    { what: 'refused picture', url: /\/stolen\//, count: 1, outcome: 'not-loaded' },
  ],
};
