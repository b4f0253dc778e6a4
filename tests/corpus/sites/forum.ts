// A forum thread: small avatars again and again, smileys, attachments from a host that wants the log-in cookie.
import { documentOf, times } from '../serving/document';
import { html, picture, refused } from '../serving/answers';
import type { Site } from '../site';

const users = 8;
const postsPerPage = 14;

const avatar = (user: number) =>
  user === 5 ? '/avatars/pinwheel.gif' : `/avatars/bust-${user}-64x64.jpg`;

const attachment = (post: number) => {
  const file = `pebbles-${post}-320x240.jpg`;
  if (post % 7 === 3) return `<img src="http://members.forum.example/attachments/${file}" alt="">`;
  return post % 3 === 0 ? `<img src="/attachments/${file}" alt="">` : '';
};

const post = (number: number) => `<article id="post-${number}">
  <aside><img class="avatar" src="${avatar(number % users)}" alt="" width="64" height="64"><b>user${number % users}</b></aside>
  <div><p>Post ${number}. The lens was sharper than I expected <img class="smiley" src="/smileys/fruit-${number % 3}-18x18.png" alt=":)"
    width="18" height="18"> and the light held.</p>${attachment(number)}
    ${number % users === 5 ? '<img src="/signatures/pinwheel.gif" alt="">' : ''}</div></article>`;

const style = `
main { max-width: 900px; margin: 0 auto }
article { display: flex; gap: 16px; padding: 16px 0; border-top: 1px solid #ddd }
aside { width: 96px; text-align: center } .smiley { vertical-align: -3px }
article div { flex: 1 } article div > img { display: block; width: 320px; height: 240px }
nav a { padding: 8px }
`;

const page = (number: number) =>
  documentOf({
    title: `Which lens? – page ${number}`,
    style,
    body: `<main><h1>Which lens?</h1>
      ${times(postsPerPage, (index) => post((number - 1) * postsPerPage + index))}
      <nav><a id="first" href="/thread?page=1">1</a><a id="second" href="/thread?page=2">2</a></nav>
      <img src="/count/1x1.png?thread=7" width="1" height="1" alt=""></main>`,
  });

export const forum: Site = {
  name: 'forum',
  about: 'avatars, smileys, attachments behind a log-in cookie, pages of a thread',
  url: 'http://forum.example/thread?page=1',
  hosts: () => ({
    'forum.example': (url, headers) =>
      url.pathname === '/thread'
        ? html(page(Number(url.searchParams.get('page'))), {
            'set-cookie': 'session=abc; Domain=forum.example; Path=/; SameSite=Lax',
          })
        : picture(url.pathname, headers),
    'members.forum.example': (url, headers) =>
      headers.cookie?.includes('session=')
        ? picture(url.pathname, headers, { 'cache-control': 'private, max-age=3600' })
        : refused(401, 'members only'),
  }),
  expected: [
    { what: 'avatars', url: /\/avatars\/bust/, count: 7, outcome: 'upscaled' },
    { what: 'large avatar', url: /\/avatars\/pinwheel/, count: 1, outcome: 'sharp-enough' },
    { what: 'animated signature', url: /\/signatures\//, count: 1, outcome: 'animated' },
    { what: 'smileys', url: /\/smileys\//, count: 3, outcome: 'too-small' },
    { what: 'tracking pixel', url: /\/count\//, count: 1, outcome: 'too-small' },
    {
      what: 'attachments for members',
      url: /members\.forum\.example/,
      count: 4,
      outcome: 'credentials-needed',
    },
    { what: 'attachments', url: /\/attachments\//, count: 8, outcome: 'upscaled' },
  ],
  async interact(visitor) {
    await visitor.follow('#second');
    await visitor.scrollThrough();
    await visitor.follow('#first');
  },
};
