import { byId, setFace } from './elements.js';
import { FadaAvatar } from './fada-avatar.js';
import { LiveGraph } from './live-graph.js';
const words = {
    off: 'Not connected',
    connecting: 'Connecting…',
    live: 'Live',
    lost: 'Connection lost, trying again…',
};
/** The picture with its connection state, sound button and live figures. */
export class Stage {
    problem;
    player = byId('player', FadaAvatar);
    state = byId('state', HTMLSpanElement);
    sound = byId('sound', HTMLButtonElement);
    graph = new LiveGraph();
    figures = new Map(['latency', 'first', 'fps', 'bitrate', 'size', 'lost', 'freezes', 'viewers'].map((name) => [name, byId(`stat-${name}`, HTMLElement)]));
    constructor(problem) {
        this.problem = problem;
        this.player.addEventListener('state', () => this.showState(this.player.state));
        this.player.addEventListener('problem', (event) => this.problem(event.detail));
        this.player.addEventListener('mutedchange', () => this.showSound());
        this.sound.addEventListener('click', () => (this.player.muted ? void this.player.unmute() : this.player.mute()));
        setInterval(() => void this.refresh(), 1000);
        this.showState('off');
        this.showSound();
    }
    showState(state, text = words[state]) {
        // Written only when it changes: a live region repeats what is written.
        if (this.state.textContent !== text)
            this.state.textContent = text;
        this.state.dataset.state = state;
    }
    hear(event) {
        if (event.type === 'speech_started')
            this.show('first', `${Math.round(Number(event.latencyMs))} ms`);
        // Joining, leaving and the counters tell it alike.
        if (typeof event.viewers === 'number')
            this.show('viewers', String(event.viewers));
        document.body.classList.toggle('speaking', event.type === 'stats' ? event.speaking === true : document.body.classList.contains('speaking'));
    }
    showSound() {
        const muted = this.player.muted;
        setFace(this.sound, muted ? 'silent' : 'loud', muted ? 'Turn sound on' : 'Mute');
        this.sound.classList.toggle('muted', muted);
    }
    async refresh() {
        const read = await this.player.stats();
        const stats = this.player.state === 'live' ? read : null;
        this.graph.add(stats);
        if (!stats) {
            for (const name of this.figures.keys())
                if (name !== 'first')
                    this.show(name, '–');
            return;
        }
        this.show('latency', stats.latency === null ? '–' : `${Math.round(stats.latency)} ms`);
        this.show('fps', stats.fps ? stats.fps.toFixed(1) : '–');
        this.show('bitrate', `${Math.round(stats.bitrate / 1000)} kbit/s`);
        this.show('size', stats.width ? `${stats.width}×${stats.height}` : '–');
        this.show('lost', String(stats.packetsLost));
        this.show('freezes', String(stats.freezes));
    }
    show(name, text) {
        this.figures.get(name).textContent = text;
    }
}
