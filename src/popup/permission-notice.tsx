// In Firefox the user can take the host permission back; without it no content script runs.
import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';

const everywhere = { origins: ['<all_urls>'] };

export function PermissionNotice() {
  const [granted, setGranted] = useState(true);
  useEffect(() => {
    void browser.permissions.contains(everywhere).then(setGranted);
  }, []);
  if (granted) return null;
  return (
    <p class="notice" role="alert">
      Upres may not read pages, so it can do nothing.
      <button
        type="button"
        onClick={() => void browser.permissions.request(everywhere).then(setGranted)}
      >
        Allow on all sites
      </button>
    </p>
  );
}
