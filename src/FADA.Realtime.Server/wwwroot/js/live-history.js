/** The last minute of a connection, one moment a second, oldest first. */
export class LiveHistory {
    seconds = 60;
    moments = [];
    freezes = null;
    add(stats) {
        const before = this.freezes;
        this.freezes = stats?.freezes ?? null;
        this.moments.push({
            // The first second of a connection has no rate yet.
            fps: stats && before !== null ? stats.fps : null,
            latency: stats?.latency ?? null,
            bitrate: stats && before !== null ? stats.bitrate : null,
            // The browser counts from the beginning of each connection; another connection begins at 0.
            freezes: stats && before !== null ? Math.max(0, stats.freezes - before) : null,
        });
        if (this.moments.length > this.seconds)
            this.moments.shift();
    }
    of(name) {
        return this.moments.map((moment) => moment[name]);
    }
}
