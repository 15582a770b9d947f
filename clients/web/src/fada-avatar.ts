import { exchange, type Exchange } from './exchange.js';
import { Problem } from './problem.js';
import { StatsReader, type PlayerStats } from './player-stats.js';

export { Problem, type PlayerStats };

export type AvatarState = 'off' | 'connecting' | 'live' | 'lost';

const style = `
  :host { display: block; position: relative; overflow: hidden; background: #000; aspect-ratio: 1; }
  video { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: contain; }
`;

/**
 * Plays a live avatar: `<fada-avatar src="/whep/SESSION" token="TOKEN" poster="portrait.png" muted></fada-avatar>`.
 * Connects when `src` is set and reconnects by itself. Tells `state` (detail: AvatarState), `mutedchange` and
 * `problem` (detail: Error). Starts muted where the browser allows no sound before a gesture.
 */
export class FadaAvatar extends HTMLElement {
  static readonly observedAttributes = ['src', 'token', 'poster', 'muted', 'label'];

  readonly video = document.createElement('video');
  pc: RTCPeerConnection | null = null;
  /** Set before src where viewers need a STUN or TURN server. */
  iceServers: RTCIceServer[] = [];
  private whep: Exchange | null = null;
  private abort: AbortController | null = null;
  private current: AvatarState = 'off';
  private reader = new StatsReader();
  private retries = 0;
  private starting = false;
  private retryTimer = 0;

  constructor() {
    super();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    this.video.autoplay = true;
    this.video.playsInline = true;
    this.video.disablePictureInPicture = false;
    this.video.addEventListener('volumechange', () => this.dispatchEvent(new Event('mutedchange')));
    root.append(this.video);
  }

  get state(): AvatarState {
    return this.current;
  }

  get muted(): boolean {
    return this.video.muted;
  }

  connectedCallback(): void {
    this.start();
  }

  disconnectedCallback(): void {
    this.stop();
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after) return;
    if (name === 'poster') this.video.poster = after ?? '';
    else if (name === 'muted') this.video.muted = after !== null;
    else if (name === 'label') this.video.setAttribute('aria-label', after ?? '');
    else if (!this.starting) {
      // src and token are set one after the other: one start for both.
      this.starting = true;
      queueMicrotask(() => {
        this.starting = false;
        this.start();
      });
    }
  }

  /** Turns the sound on; works after a gesture of the user. Resolves to whether there is sound now. */
  async unmute(): Promise<boolean> {
    this.video.muted = false;
    try {
      await this.video.play();
    } catch {
      this.video.muted = true;
      await this.video.play().catch(() => undefined);
    }
    return !this.video.muted;
  }

  mute(): void {
    this.video.muted = true;
  }

  /** Null while there is no connection. */
  stats(): Promise<PlayerStats> | null {
    return this.pc ? this.reader.read(this.pc) : null;
  }

  /** Ends the connection; setting `src` again starts a new one. */
  stop(): void {
    clearTimeout(this.retryTimer);
    this.abort?.abort();
    this.abort = null;
    // Told before it is done, so that the server need not find out by itself.
    void this.whep?.end();
    this.whep = null;
    this.pc?.close();
    this.pc = null;
    this.video.srcObject = null;
    this.become('off');
  }

  private start(): void {
    this.stop();
    this.retries = 0;
    if (this.isConnected && this.getAttribute('src') && this.getAttribute('token')) void this.connect();
  }

  private async connect(): Promise<void> {
    this.become('connecting');
    const abort = (this.abort = new AbortController());
    const pc = (this.pc = new RTCPeerConnection({ iceServers: this.iceServers }));
    this.reader = new StatsReader();
    const stream = new MediaStream();
    for (const kind of ['video', 'audio'] as const) {
      const { receiver } = pc.addTransceiver(kind, { direction: 'recvonly' });
      // As little delay as the network allows; browsers without it choose for themselves.
      if ('jitterBufferTarget' in receiver) receiver.jitterBufferTarget = 0;
    }
    pc.addEventListener('track', (event) => {
      stream.addTrack(event.track);
      if (this.video.srcObject !== stream) this.video.srcObject = stream;
      void this.play();
    });
    pc.addEventListener('connectionstatechange', () => {
      if (pc !== this.pc) return;
      if (pc.connectionState === 'connected') {
        this.retries = 0;
        this.become('live');
      } else if (pc.connectionState === 'failed' || pc.connectionState === 'closed') {
        this.lose(new Error('The media connection was lost.'));
      }
    });
    try {
      const whep = await exchange(pc, this.getAttribute('src')!, this.getAttribute('token')!, abort.signal);
      if (abort.signal.aborted) void whep.end();
      else this.whep = whep;
    } catch (error) {
      if (!abort.signal.aborted) this.lose(error as Error);
    }
  }

  private async play(): Promise<void> {
    try {
      await this.video.play();
    } catch (error) {
      if ((error as DOMException).name !== 'NotAllowedError') return;
      this.video.muted = true;
      await this.video.play().catch(() => undefined);
    }
  }

  private lose(error: Error): void {
    this.pc?.close();
    this.pc = null;
    void this.whep?.end();
    this.whep = null;
    this.become('lost');
    this.dispatchEvent(new CustomEvent('problem', { detail: error }));
    // A session that is gone or another token does not come back; all else is tried again, ever more slowly.
    if (error instanceof Problem && [400, 401, 404, 415].includes(error.status)) return;
    const wait = error instanceof Problem && error.retryAfter ? error.retryAfter * 1000 : Math.min(8000, 500 * 2 ** this.retries);
    this.retries++;
    this.retryTimer = window.setTimeout(() => void this.connect(), wait);
  }

  private become(state: AvatarState): void {
    if (state === this.current) return;
    this.current = state;
    this.dispatchEvent(new CustomEvent('state', { detail: state }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fada-avatar': FadaAvatar;
  }
}

customElements.define('fada-avatar', FadaAvatar);
