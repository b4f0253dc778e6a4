// The service worker (Chrome) or event page (Firefox): hosts the model.
import { defineBackground } from 'wxt/utils/define-background';
import { startService } from '../src/service/start';

export default defineBackground(() => {
  startService();
});
