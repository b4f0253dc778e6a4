// A blog on an old server: redirects, wrong types, slow lines, broken and missing files, no word about caching.
import { documentOf, times } from '../serving/document';
import { html, inParts, picture, redirect } from '../serving/answers';
import type { Answer } from '../../fixtures/routes';
import type { Site } from '../site';

const style = `
main { width: 700px; margin: 0 auto } main img { width: 320px; height: 240px; display: block; margin: 8px 0 }
`;

const photo = (place: string, index: number) => `/${place}/valley-${index}-320x240.jpg`;

const page = documentOf({
  title: 'Weblog',
  style,
  body: `<main><h1>Weblog</h1>
    ${times(4, (index) => `<h2>Day ${index}</h2><img src="${photo('photos', index)}" alt="">`)}
    <h2>Moved</h2><img src="${photo('moved', 1)}" alt=""><img src="${photo('away', 2)}" alt="">
    <h2>Slow</h2><img src="${photo('slow', 1)}" alt="">
    <h2>Mislabelled</h2><img src="${photo('octet', 1)}" alt=""><img src="/wrong/valley-5-320x240.png" alt="">
    <h2>Script</h2><img src="/image.php?id=7" alt="">
    <h2>Lost</h2><img src="/lost/nothing.jpg" alt=""><img src="/lost/html.jpg" alt=""><img src="/half/truncated.jpg" alt="">
    <img src="http://dead.example/widget/1x1.png" alt="" style="width: 1px; height: 1px">
  </main>`,
});

/** As it came from the disk: without a lifetime, a validator or, mostly, the right type. */
const plain = async (path: string, type?: string): Promise<Answer | undefined> => {
  const answer = await picture(path, {});
  if (!answer) return undefined;
  const { 'content-type': real = '' } = answer.headers;
  return { ...answer, headers: { 'content-type': type ?? real } };
};

export const oldBlog: Site = {
  name: 'old blog',
  about:
    'redirects, a slow line, wrong types, an image of a script, broken and missing files, no caching headers',
  url: 'http://weblog.example/',
  hosts: () => ({
    'weblog.example': async ({ pathname: path }) => {
      const [, place] = path.split('/');
      switch (place) {
        case '':
          return html(page);
        case 'moved':
          return redirect(path.replace('/moved/', '/photos/moved-'));
        case 'away':
          return redirect(`http://photos.weblog.example${path}`);
        case 'slow': {
          const answer = await plain(path);
          return answer && inParts(answer, 10);
        }
        case 'octet':
          return plain(path, 'application/octet-stream');
        case 'wrong':
          return plain(path, 'image/gif');
        case 'image.php':
          return plain('fruit-9-320x240.jpg', 'image/jpeg');
        default:
          return plain(path.replace('moved-', ''));
      }
    },
    'photos.weblog.example': ({ pathname }) => plain(pathname),
  }),
  expected: [
    { what: 'photos', url: /\/photos\//, count: 4, outcome: 'upscaled' },
    { what: 'redirected on the same host', url: /\/moved\//, count: 1, outcome: 'upscaled' },
    { what: 'redirected to another host', url: /\/away\//, count: 1, outcome: 'upscaled' },
    { what: 'in slow parts', url: /\/slow\//, count: 1, outcome: 'upscaled' },
    { what: 'of no image type', url: /\/octet\//, count: 1, outcome: 'upscaled' },
    { what: 'PNG called GIF', url: /\/wrong\//, count: 1, outcome: 'upscaled' },
    { what: 'made by a script', url: /image\.php/, count: 1, outcome: 'upscaled' },
    { what: 'missing or no image', url: /\/lost\//, count: 2, outcome: 'not-loaded' },
    {
      what: 'broken half way',
      url: /\/half\//,
      count: 1,
      // Firefox hands out the part that came.
      outcome: { chromium: 'decode-failed', firefox: 'upscaled' },
    },
    { what: 'pixel of a dead host', url: /dead\.example/, count: 1, outcome: 'not-loaded' },
  ],
};
