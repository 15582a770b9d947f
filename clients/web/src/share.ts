import type { Session } from './api.js';
import { byId, setFace } from './elements.js';
import { correction, generate } from './vendor/lean-qr.js';

/** Where others watch the session. The token is in the fragment, which browsers never send to a server. */
export function viewerLink(session: Session): string {
  const link = new URL(location.pathname, location.origin);
  link.searchParams.set('session', session.id);
  link.hash = session.token;
  return link.href;
}

/** The button that copies the viewer link, and the dialog that shows it as a QR code. */
export class SharePanel {
  private readonly copy = byId('share-copy', HTMLButtonElement);
  private readonly dialog = byId('share-dialog', HTMLDialogElement);
  private readonly link = byId('share-link', HTMLInputElement);
  private readonly note = byId('share-note', HTMLParagraphElement);
  private timer = 0;

  constructor(
    private readonly session: () => Session,
    private readonly problem: (error: Error) => void,
    private readonly copied: () => void,
  ) {
    this.copy.addEventListener('click', () => void this.attempt(() => this.copyLink()));
    byId('share-show', HTMLButtonElement).addEventListener('click', () => void this.attempt(() => this.open('')));
    byId('share-close', HTMLButtonElement).addEventListener('click', () => this.dialog.close());
    this.link.addEventListener('focus', () => this.link.select());
  }

  private async attempt(work: () => unknown): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.problem(error as Error);
    }
  }

  private async copyLink(): Promise<void> {
    try {
      await navigator.clipboard.writeText(viewerLink(this.session()));
    } catch (error) {
      // Without HTTPS a browser gives no clipboard, except on the machine itself; it may also have been denied.
      if (!(error instanceof TypeError || error instanceof DOMException)) throw error;
      return this.open('The browser does not let this page copy: copy the link by hand.');
    }
    this.copied();
    setFace(this.copy, 'link', 'Copied');
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => setFace(this.copy, 'link', 'Copy viewer link'), 2000);
  }

  private open(note: string): void {
    this.link.value = viewerLink(this.session());
    // Black on white in every theme: many readers do not take it the other way round.
    generate(this.link.value, { minCorrectionLevel: correction.M }).toCanvas(byId('share-code', HTMLCanvasElement), {
      on: [0, 0, 0, 255],
      off: [255, 255, 255, 255],
    });
    this.note.textContent = note || (local() ? 'This page was opened by a name that only this machine knows: so is the link.' : '');
    this.dialog.showModal();
    if (note) this.link.focus();
  }
}

function local(): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);
}
