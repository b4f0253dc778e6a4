// The sites of the corpus, in the order they are visited.
import type { Site } from './site';
import { contactSheet } from './sites/contact-sheet';
import { feed } from './sites/feed/feed';
import { forum } from './sites/forum';
import { gallery } from './sites/gallery/gallery';
import { news } from './sites/news';
import { shop } from './sites/shop';

export const sites: Site[] = [forum, shop, feed, gallery, news, contactSheet];
