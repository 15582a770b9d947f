import { byId } from './elements.js';
import { LiveHistory } from './live-history.js';
const curves = {
    fps: { title: 'Pictures per second', least: 30, write: (value) => value.toFixed(1) },
    latency: { title: 'Latency', least: 100, write: (value) => `${Math.round(value)} ms` },
    bitrate: { title: 'Bitrate', least: 500_000, write: (value) => `${Math.round(value / 1000)} kbit/s` },
    freezes: { title: 'Freezes', least: 2, write: String },
};
const height = 40;
/** The last minute as four small curves, each with its own scale from zero and with its range in words. */
export class LiveGraph {
    history = new LiveHistory();
    /** Called once a second. Null: not connected. */
    add(stats) {
        this.history.add(stats);
        for (const name of Object.keys(curves))
            this.draw(name);
    }
    draw(name) {
        const curve = curves[name];
        const values = this.history.of(name);
        const known = values.filter((value) => value !== null);
        const top = Math.max(curve.least, ...known) * 1.1;
        // The newest moment is at the right edge, also while the minute is not full.
        const x = (i) => this.history.seconds - values.length + i;
        const y = (value) => (height * (1 - value / top)).toFixed(2);
        const svg = document.getElementById(`graph-${name}`);
        svg.querySelector('path').setAttribute('d', name === 'freezes' ? bars(values, x, y) : line(values, x, y));
        const words = name === 'freezes' ? count(known) : range(known, curve.write);
        const now = values.at(-1) ?? null;
        byId(`graph-${name}-range`, HTMLElement).textContent = words;
        svg.setAttribute('aria-label', `${curve.title} over the last minute: ${now === null ? '' : `now ${curve.write(now)}, `}${words}`);
    }
}
/** A line with gaps where nothing is known. */
function line(values, x, y) {
    let path = '';
    values.forEach((value, i) => {
        if (value === null)
            return;
        // A line to itself: a single moment between two gaps is a dot and not nothing.
        path += (values[i - 1] ?? null) === null ? `M${x(i)} ${y(value)}h0` : `L${x(i)} ${y(value)}`;
    });
    return path;
}
/** One bar for each second in which there was something to count. */
function bars(values, x, y) {
    return values.map((value, i) => (value ? `M${x(i)} ${height}V${y(value)}` : '')).join('');
}
function range(values, write) {
    if (values.length === 0)
        return 'not known';
    const [least, most] = [write(Math.min(...values)), write(Math.max(...values))];
    return least === most ? least : `${least} to ${most}`;
}
function count(values) {
    return values.length === 0 ? 'not known' : `${values.reduce((sum, value) => sum + value, 0)} in the last minute`;
}
