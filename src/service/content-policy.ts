// What follows from what an image shows.
import type { Content } from '../analysis/classify';
import type { SkipReason } from '../reasons';

/** Why an image of this content is left alone; null if it is not. */
export function reasonToLeave(content: Content, leaveText: boolean): SkipReason | null {
  switch (content) {
    case 'code':
    case 'pixel-art':
    case 'sprite-sheet':
      return content;
    case 'text':
      return leaveText ? 'text' : null;
    case 'photo':
    case 'art':
      return null;
  }
}
