import { byId, setFace } from './elements.js';
import type { SessionEvent } from './events.js';
import { FadaAvatar, type AvatarState } from './fada-avatar.js';
import { LiveGraph } from './live-graph.js';

const words: Record<AvatarState, string> = {
  off: 'Not connected',
  connecting: 'Connecting…',
  live: 'Live',
  lost: 'Connection lost, trying again…',
};

/** The picture with its connection state, sound button and live figures. */
export class Stage {
  readonly player = byId('player', FadaAvatar);
  private readonly state = byId('state', HTMLSpanElement);
  private readonly sound = byId('sound', HTMLButtonElement);
  private readonly graph = new LiveGraph();
  private readonly figures = new Map(
    ['latency', 'first', 'fps', 'bitrate', 'size', 'lost', 'freezes', 'viewers'].map((name) => [name, byId(`stat-${name}`, HTMLElement)]),
  );

  constructor(private readonly problem: (error: Error) => void) {
    this.player.addEventListener('state', () => this.showState(this.player.state));
    this.player.addEventListener('problem', (event) => this.problem((event as CustomEvent<Error>).detail));
    this.player.addEventListener('mutedchange', () => this.showSound());
    this.sound.addEventListener('click', () => (this.player.muted ? void this.player.unmute() : this.player.mute()));
    setInterval(() => void this.refresh(), 1000);
    this.showState('off');
    this.showSound();
  }

  showState(state: AvatarState, text: string = words[state]): void {
    // Written only when it changes: a live region repeats what is written.
    if (this.state.textContent !== text) this.state.textContent = text;
    this.state.dataset.state = state;
  }

  hear(event: SessionEvent): void {
    if (event.type === 'speech_started') this.show('first', `${Math.round(Number(event.latencyMs))} ms`);
    // Joining, leaving and the counters tell it alike.
    if (typeof event.viewers === 'number') this.show('viewers', String(event.viewers));
    document.body.classList.toggle('speaking', event.type === 'stats' ? event.speaking === true : document.body.classList.contains('speaking'));
  }

  private showSound(): void {
    const muted = this.player.muted;
    setFace(this.sound, muted ? 'silent' : 'loud', muted ? 'Turn sound on' : 'Mute');
    this.sound.classList.toggle('muted', muted);
  }

  private async refresh(): Promise<void> {
    const read = await this.player.stats();
    const stats = this.player.state === 'live' ? read : null;
    this.graph.add(stats);
    if (!stats) {
      for (const name of this.figures.keys()) if (name !== 'first') this.show(name, '–');
      return;
    }
    this.show('latency', stats.latency === null ? '–' : `${Math.round(stats.latency)} ms`);
    this.show('fps', stats.fps ? stats.fps.toFixed(1) : '–');
    this.show('bitrate', `${Math.round(stats.bitrate / 1000)} kbit/s`);
    this.show('size', stats.width ? `${stats.width}×${stats.height}` : '–');
    this.show('lost', String(stats.packetsLost));
    this.show('freezes', String(stats.freezes));
  }

  private show(name: string, text: string): void {
    this.figures.get(name)!.textContent = text;
  }
}
