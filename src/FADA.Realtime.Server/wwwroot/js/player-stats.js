/** Turns the totals of getStats into figures of the last interval. */
export class StatsReader {
    last = null;
    async read(pc) {
        const stats = {
            fps: 0, framesDecoded: 0, freezes: 0, freezeSeconds: 0, width: 0, height: 0, bitrate: 0,
            latency: null, roundTrip: null, jitterBuffer: null, packetsLost: 0, audioLevel: 0,
        };
        const now = { time: performance.now(), frames: 0, bytes: 0, delay: 0, emitted: 0 };
        (await pc.getStats()).forEach((report) => {
            const n = (key) => Number(report[key] ?? 0);
            if (report.type === 'inbound-rtp') {
                now.bytes += n('bytesReceived');
                stats.packetsLost += n('packetsLost');
                if (report.kind === 'video') {
                    now.frames = stats.framesDecoded = n('framesDecoded');
                    now.delay = n('jitterBufferDelay');
                    now.emitted = n('jitterBufferEmittedCount');
                    stats.width = n('frameWidth');
                    stats.height = n('frameHeight');
                    stats.freezes = n('freezeCount');
                    stats.freezeSeconds = n('totalFreezesDuration');
                }
                else {
                    stats.audioLevel = n('audioLevel');
                }
            }
            else if (report.type === 'candidate-pair' && report.nominated && report.currentRoundTripTime !== undefined) {
                stats.roundTrip = n('currentRoundTripTime') * 1000;
            }
        });
        const last = this.last;
        this.last = now;
        if (last && now.time > last.time) {
            const seconds = (now.time - last.time) / 1000;
            stats.fps = Math.max(0, now.frames - last.frames) / seconds;
            stats.bitrate = (Math.max(0, now.bytes - last.bytes) * 8) / seconds;
            const emitted = now.emitted - last.emitted;
            if (emitted > 0)
                stats.jitterBuffer = ((now.delay - last.delay) / emitted) * 1000;
        }
        if (stats.jitterBuffer !== null)
            stats.latency = stats.jitterBuffer + (stats.roundTrip ?? 0) / 2;
        return stats;
    }
}
