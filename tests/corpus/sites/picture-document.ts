// A picture opened by itself, in the document that the browser makes for it.
import { picture } from '../serving/answers';
import type { Site } from '../site';

export const pictureDocument: Site = {
  name: 'picture',
  about: 'a picture opened by itself',
  url: 'http://pictures.example/album/valley-1-480x300.jpg',
  hosts: () => ({ 'pictures.example': (url, headers) => picture(url.pathname, headers) }),
  expected: [{ what: 'the picture', url: /\/album\//, count: 1, outcome: 'upscaled' }],
};
