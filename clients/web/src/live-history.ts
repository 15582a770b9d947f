import type { PlayerStats } from './player-stats.js';

/** What is drawn of one second; null where there was no connection. */
export interface Moment {
  fps: number | null;
  latency: number | null;
  bitrate: number | null;
  /** Freezes that began in this second. */
  freezes: number | null;
}

/** The last minute of a connection, one moment a second, oldest first. */
export class LiveHistory {
  readonly seconds = 60;
  readonly moments: Moment[] = [];
  private freezes: number | null = null;

  add(stats: PlayerStats | null): void {
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
    if (this.moments.length > this.seconds) this.moments.shift();
  }

  of(name: keyof Moment): (number | null)[] {
    return this.moments.map((moment) => moment[name]);
  }
}
